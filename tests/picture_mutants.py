"""Planted bugs in pictures, live pictures, demos and the page, in the form of `mutants.PLANTED`."""

# ruff: noqa: E501

OF_PICTURES = r"""# an Explorer that always runs full | widgets/explorer_scene.py | test_explorer_pictures.py::test_the_run_is_that_of_the_controls
- {"covariance_type": values["covariance"],
+ {"covariance_type": "full",
# another point's bars | widgets/explorer_picked.py | test_explorer_pictures.py::test_bars_texts_and_ring_are_those_of_the_point_that_was_clicked
- step.responsibilities[self.row, k]
+ step.responsibilities[0, k]
# another point's ring | widgets/explorer_view.py | test_explorer_pictures.py::test_bars_texts_and_ring_are_those_of_the_point_that_was_clicked
- X[[row]][:, dims]
+ X[[0]][:, dims]
# bars in each other's colours | widgets/explorer_picked.py | test_explorer_pictures.py::test_bars_texts_and_ring_are_those_of_the_point_that_was_clicked
- color=COLORS[:K], edgecolor
+ color=COLORS[K - 1 :: -1], edgecolor
# another component's density | widgets/explorer_picked.py | test_explorer_pictures.py::test_bars_texts_and_ring_are_those_of_the_point_that_was_clicked
- log_gaussian(self.X, means[k], covariances[k])
+ log_gaussian(self.X, means[k], covariances[0])
# axes named the other way round | widgets/explorer_view.py | test_explorer_pictures.py::test_axes_are_named_after_the_columns_that_are_drawn
- *(data.columns[d] for d in dims)
+ *(data.columns[d] for d in dims[::-1])
# ellipses in each other's colours | plots/planes.py | test_explorer_pictures.py::test_ellipses_are_one_and_two_deviations_in_the_components_colours
- list(LINE_COLORS[:K]) * 2
+ list(LINE_COLORS[:K][::-1]) * 2
# three deviations for two | plots/planes.py | test_explorer_pictures.py::test_ellipses_are_one_and_two_deviations_in_the_components_colours
- *_outlines(mixture, 2.0)
+ *_outlines(mixture, 3.0)
# marks of the weakest component | plots/planes.py | test_explorer_pictures.py::test_points_stand_where_they_are_in_the_mark_of_their_strongest_component
- soft_colors(responsibilities), responsibilities.argmax(axis=1)
+ soft_colors(responsibilities), responsibilities.argmin(axis=1)
# ticks in another row's colours | plots/lines.py | test_explorer_pictures.py::test_ticks_of_1d_data_have_the_colours_of_their_own_rows
- self.n_points)[self.rows]
+ self.n_points)[: len(self.rows)]
# ghosts after an E-step | views/panels.py | test_explorer_pictures.py::test_ghosts_are_the_ellipses_before_an_m_step
- if step.kind == "M" else None
+ if step.kind == "E" else None
# the bound one step late | views/panels.py | test_explorer_pictures.py::test_the_lower_bound_is_drawn_when_it_is_asked_for
- [None, *self.trace.elbos]
+ [None, None, *self.trace.elbos]
# the score drawn ahead | views/panels.py | test_plots.py::test_the_score_trace_shows_each_half_steps_own_score
- [i for i in indices if i <= index]
+ list(indices)
# a climb by rounding | views/panels.py | test_plots.py::test_a_gain_by_rounding_does_not_look_like_a_climb
- (LEAST_SPAN - (high - low)) / 2
+ 0
# a film at one speed | widgets/explorer_scene.py | test_explorer_pictures.py::test_a_film_plays_at_the_speed_that_is_chosen
- SPEEDS[values["speed"]]
+ SPEEDS["normal"]
# the farthest start is moved | widgets/explorer_pointer.py | test_explorer_pictures.py::test_a_moved_start_is_where_the_click_was
- k = np.argmin(
+ k = np.argmax(
# the farthest point is picked | widgets/explorer_pointer.py | test_explorer_pictures.py::test_bars_texts_and_ring_are_those_of_the_point_that_was_clicked
- picked=int(np.argmin(
+ picked=int(np.argmax(
# every other seed | widgets/explorer_scene.py | test_explorer.py::test_next_seed_counts_on
- values["seed"] + 1
+ values["seed"] + 2
# K in the place of the seed | widgets/places.py | test_explorer.py::test_a_place_opens_the_same_picture_again
- f"s{values['seed']}"
+ f"s{values['K']}"
# means of another order | widgets/places.py | test_places.py::test_what_the_reader_has_put_in_opens_again
- "means": map(_row, place.means)
+ "means": map(_row, place.means[::-1])
# what was stored before is still there | widgets/baked.py | test_baked.py::test_what_the_reader_has_put_in_is_in_each_film_of_its_data_and_still_there_afterwards
-                 scene.edits = edits
+                 pass
# a best that the page cannot know | widgets/baked.py | test_baked.py::test_a_stored_picture_says_nothing_of_a_best_that_its_page_cannot_know
- scene.alone = True
+ scene.alone = False
# half-steps are pictures | widgets/explorer_places.py | test_size.py::test_the_explorer_thins_long_films_and_its_places_are_half_steps
- int(self.shown[index])
+ index
# any combination | page/combinations.js | browser/test_page_without_python.py::test_data_and_covariance_are_choices_whose_films_are_fetched_one_by_one
- less(cost(other), cost(one))
+ less(cost(one), cost(other))
# no lock | widgets/on_request.py | test_live.py::test_changes_on_two_threads_never_mix
- from threading import RLock
+ from contextlib import suppress as RLock
# what failed stays | widgets/live.py | test_live.py::test_an_error_is_said_in_the_page_and_changes_nothing
-                     self._put_back(*before)
+                     pass
# an index beyond the film | widgets/live.py | test_live.py::test_an_index_beyond_the_film_is_its_end
- min(max(sync_data["index"], 0), last)
+ sync_data["index"]
# frames of an older film | widgets/on_request.py | test_live.py::test_a_frame_of_an_older_film_is_not_sent
- if film != self.film:
+ if film < 0:
# the farther mean is moved | widgets/demos/be_the_m_step.py | test_demos_steps.py::test_a_click_moves_the_nearer_mean
- return {min(("mean_A"
+ return {max(("mean_A"
# an M-step from the wrong mean | widgets/demos/bound.py | test_demos_steps.py::test_an_m_step_goes_to_the_bounds_top_and_leaves_a_gap_that_an_e_step_closes
- self._top(values["mu0"])
+ self._top(values["mu"])
# five draws for fifty | widgets/demos/spinner.py | test_demos_densities.py::test_spinner_buttons_add_draws_and_take_them_back
- "Draw 50": 50
+ "Draw 50": 5
# the farthest point is ringed | widgets/demos/temperature.py | test_demos_steps.py::test_a_click_rings_the_nearest_point
- self.edits = int(np.argmin(
+ self.edits = int(np.argmax(
# x for y | widgets/demos/query.py | test_demos_steps.py::test_a_mile_away_is_still_shared_out_and_told_from_the_data
- return {"x": x, "y": y}
+ return {"x": y, "y": x}
# K rounded down | widgets/demos/how_many.py | test_demos_fits.py::test_a_click_shows_the_nearest_k
- round(x)
+ int(x)
# nothing is wiped off | frames/film.py | test_frames.py::test_a_frame_is_a_full_redraw_in_whatever_order_frames_are_drawn
- canvas.restore_region(self.background)
+ pass
# what is kept is never drawn anew | frames/still.py | test_explorer_pictures.py::test_what_is_kept_from_picture_to_picture_is_as_if_drawn_anew
- *named[:n])
+ n)
# a film is drawn before its first picture | widgets/on_request.py | test_live.py::test_where_a_page_asks_a_picture_is_displayed_before_its_film_is_drawn
- if not someone_looks():
+ if True:
# the other handle is grabbed | widgets/draggable.py | test_drag.py::test_the_mean_that_was_grabbed_moves_past_another
- drawn[int(distances.argmin())]
+ drawn[int(distances.argmax())]
# what is not drawn is grabbed | widgets/draggable.py | test_drag.py::test_starting_means_are_dragged_where_they_are_drawn
- if at in (-1, self.index)
+ if True
# every move of a drag is an edit | widgets/explorer_pointer.py | test_drag.py::test_one_drag_is_one_edit_however_many_moves
- self._move_mean(self.grabbed,
+ self._move_mean(self.edits,
# axes run away from what is held | widgets/explorer_scene.py | test_drag.py::test_limits_stay_while_a_point_is_held_and_follow_when_it_is_dropped
- None if self.held is None else self.limits
+ None
# undo takes back everything | widgets/explorer_edits.py | test_drag.py::test_an_added_point_is_dragged_and_edits_are_taken_back_one_by_one
- return self.past._replace(picked=self.picked) if self.past else self
+ return Edits(self.data)
# the farthest point is named | widgets/explorer_pointer.py | test_drag.py::test_hovering_names_the_nearest_point_and_its_shares
- inches(ax, [x, y]), axis=1).argmin()
+ inches(ax, [x, y]), axis=1).argmax()
# a stacked picture is tapped elsewhere | page/fold.js | browser/test_narrow_page.py::test_columns_are_stacked_and_a_tap_picks_the_point_under_it
- (bottom + down) / 2
+ bottom + down
# every press is a drag | page/drag.js | browser/test_drag_page.py::test_a_press_that_hardly_moves_is_a_click_and_a_drag_of_nothing_is_none
- distance(at, pressed) < SLOP
+ distance(at, pressed) < 0
# a pointer upside down | page/pointer.js | browser/test_explorer_page.py::test_a_click_picks_the_point_under_it
- (bottom - y) / (bottom - top)
+ (y - top) / (bottom - top)
# up is right when it stays | page/predict.js | browser/test_explorer_page.py::test_explorer_judges_predictions_of_the_log_likelihood
- Math.sign(gain) === sign ||
+ Math.sign(gain) * sign >= 0 ||
# presses are values, and the last one counts | page/events.js | browser/test_explorer_page.py::test_every_one_of_many_fast_presses_counts
- else queue.push(event);
+ else queue = [event];
# a layer alone | page/stage.js | browser/test_page_without_python.py::test_k_and_seed_of_the_explorer_change_its_film
- [await decode(under), layer]
+ [layer]
# the farthest that is stored | page/combinations.js | browser/test_page_without_python.py::test_what_is_not_stored_is_the_nearest_or_stays_and_is_said
- Math.abs(other - value) < Math.abs(one - value)
+ Math.abs(other - value) > Math.abs(one - value)
# changes since the first picture | frames/layers.py | test_layers.py::test_layers_put_together_are_the_pictures
- self._seen.paste(image, mask=changed)
+ changed.load()
# the first pictures of a long run | widgets/baked.py | test_baked.py::test_a_film_has_the_pictures_and_words_of_its_run
- at = np.searchsorted(shown, thinned(trace, most=most), side="right") - 1
+ at = np.arange(most)
# shares of another half-step | widgets/baked.py | test_baked.py::test_a_film_has_the_pictures_and_words_of_its_run
- layers.add(number, scene.draw(index))
+ layers.add(number, scene.draw(number))
# every answer is right | widgets/demos/bug_museum.py | test_demos_landscapes.py::test_a_diagnosis_is_judged_by_half_and_by_fault
- right = fault == true
+ right = True
# the half-step is not looked at | widgets/demos/bug_museum.py | test_demos_landscapes.py::test_a_diagnosis_is_judged_by_half_and_by_fault
- right = half[0] == FAULTS[true].half
+ right = half[0] == "E"
# a land turned over | widgets/demos/basin_map.py | test_demos_landscapes.py::test_the_land_is_the_log_likelihood
- np.log(weight) + logs, np.log(1 - weight) + logs[:, np.newaxis]
+ np.log(weight) + logs[:, np.newaxis], np.log(1 - weight) + logs
# the weights let the means change places | widgets/demos/basin_map.py | test_demos_landscapes.py::test_two_hundred_runs_at_once_end_as_each_alone
- odds = np.log(1 / weight - 1)
+ odds = np.log(weight)
# points go into a new run | widgets/explorer_edits.py | test_explorer.py::test_points_go_into_the_running_film_and_em_goes_on_from_the_mixture_shown
- if self.onward is None else
+ if True else
# it goes on from the end | widgets/explorer_pointer.py | test_explorer.py::test_points_go_into_the_running_film_and_em_goes_on_from_the_mixture_shown
- self.trace.steps[self.shown[self.index]].mixture
+ self.trace.mixture
# a place that leads elsewhere | widgets/explorer_places.py | test_explorer.py::test_a_run_that_goes_on_has_no_place_and_says_so
- places.WENT_ON if self._goes_on(values) else too_many
+ too_many
# another seed goes on too | widgets/explorer_edits.py | test_explorer.py::test_another_k_seed_or_data_begin_anew
- (self.onward.n_components, self.seed) != (K, seed)
+ self.onward.n_components != K
# the first points are said to be the reader's | widgets/explorer_live.py | test_explorer.py::test_data_with_the_points_that_were_put_in_can_be_had_back
- z[len(z) - n :] = 1
+ z[:n] = 1
# a bar where nobody sees it | progress.py | test_progress.py::test_where_there_is_no_terminal_nothing_is_written
- visible or is_terminal(sys.stderr)
+ sys.stderr is not None
# a bar in a stored output | reader.py | test_progress_in_notebooks.py::test_where_nobody_looks_nothing_is_displayed
- session.pid != os.getpid() or not someone_looks()
+ session.pid != os.getpid()
# a bar stays below the cell | progress.py | test_progress_in_notebooks.py::test_a_reader_sees_how_far_a_long_fit_is_and_nothing_remains
- self._display("")
+ pass
# digits are lost on the way to a file | own_data.py | test_datasets.py::test_a_data_set_is_written_and_read_back_to_the_last_digit
- data.X.tolist()
+ np.round(data.X, 6).tolist()
# caches mix up two readers' data | widgets/demos/lottery.py | test_demos_own_data.py::test_two_readers_data_are_never_mixed_up
- partial(ending, source, key[1], seed)
+ partial(ending, "document_c", key[1], seed)
"""
