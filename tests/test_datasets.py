from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

import gmm_teach as gt
from gmm_teach import datasets

SHAPES = {
    "three_blobs": (300, 2),
    "document_c": (100, 2),
    "two_sources": (4000, 1),
    "old_faithful": (272, 2),
    "penguins": (342, 4),
    "pairs5": (500, 2),
    "cross": (400, 2),
    "ring": (300, 2),
    "half_moons": (300, 2),
    "uniform": (300, 2),
    "cigars": (300, 2),
    "with_outliers": (300, 2),
}
NAMES = pytest.mark.parametrize("name", SHAPES)


def test_names():
    assert set(SHAPES) <= set(datasets.names())
    for name in datasets.names():
        assert isinstance(datasets.load(name), datasets.Dataset)


@NAMES
def test_shape(name):
    data = datasets.load(name)
    assert data.X.shape == SHAPES[name]
    assert data.X.dtype == np.float64
    assert np.isfinite(data.X).all()
    assert len(data.columns) == data.X.shape[1]
    assert str(data.about).endswith(".")
    if data.z is not None:
        assert data.z.shape == (len(data.X),)
        assert set(data.z) == set(range(data.z.max() + 1))


@NAMES
def test_same_every_time(name):
    first, again = datasets.load(name), datasets.load(name)
    np.testing.assert_array_equal(first.X, again.X)
    np.testing.assert_array_equal(first.z, again.z)
    assert first.truth == again.truth
    assert not np.shares_memory(first.X, again.X)


@pytest.mark.parametrize("name", ["three_blobs", "two_sources", "pairs5", "cross", "cigars"])
def test_made_ones_agree_with_their_truth(name):
    """Weights, means and covariances of each component within 4 standard errors."""
    X, z, truth, *_ = datasets.load(name)
    for k, (weight, mean, covariance) in enumerate(zip(*truth, strict=True)):
        members = X[z == k]
        n, variances = len(members), np.diag(covariance)
        assert abs(n / len(X) - weight) <= 4 * np.sqrt(weight * (1 - weight) / len(X))
        assert np.all(abs(members.mean(axis=0) - mean) < 4 * np.sqrt(variances / n))
        error = np.sqrt((np.outer(variances, variances) + covariance**2) / n)
        assert np.all(abs(np.cov(members.T) - covariance) < 4 * error)


def test_document_c():
    data = datasets.load("document_c")
    np.testing.assert_array_equal(data.X[0], [0.31845367531615931, 5.0318209879941342])
    assert data.truth.n_components == 3
    assert gt.log_likelihood(data.X, data.truth) > -340


def test_old_faithful():
    X = datasets.load("old_faithful").X
    np.testing.assert_array_equal(X[:2], [[3.6, 79], [1.8, 54]])
    np.testing.assert_allclose(X.mean(axis=0), [3.487783, 70.897059], rtol=1e-6)


def test_penguins():
    data = datasets.load("penguins")
    np.testing.assert_array_equal(data.X[0], [39.1, 18.7, 181, 3750])
    assert np.bincount(data.z).tolist() == [151, 68, 123]


def test_unknown_name_lists_the_names():
    with pytest.raises(ValueError, match=r"one of three_blobs, .*penguins.*; got 'iris'"):
        datasets.load("iris")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,x,y\nfirst,1,2.5\nsecond,-3e2,4\n\nthird,5,six\nfourth,7\n", encoding="utf-8")
    return path


def test_from_csv(file):
    np.testing.assert_array_equal(datasets.from_csv(file, "x"), [[1], [-300], [5], [7]])
    np.testing.assert_array_equal(datasets.from_csv(str(file), ["x", "x"])[1], [-300, -300])


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["x", "y"], "line 5, column 'y': 'six' is not a number"),
        (["name", "x"], "line 2, column 'name': 'first' is not a number"),
        (["x", "z"], "no column named 'z'; the file has name, x, y"),
    ],
)
def test_from_csv_names_line_and_column(file, columns, message):
    with pytest.raises(ValueError, match=message):
        datasets.from_csv(file, columns)


def test_from_csv_short_line(tmp_path):
    path = tmp_path / "short.csv"
    path.write_text("x,y\n1,2\n3\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 3, column 'y': the line is too short"):
        datasets.from_csv(path, ["x", "y"])


def test_from_csv_without_rows(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("x,y\n", encoding="utf-8")
    assert datasets.from_csv(path, ["x", "y"]).shape == (0, 2)


def written(folder, text, encoding="utf-8"):
    path = folder / "own.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "encoding", "options"),
    [
        ("x,y\n1,2.5\n3,4\n", "utf-8-sig", {}),
        ('"x","y"\r\n1,2.5\r\n3,4\r\n', "utf-8-sig", {"columns": ["x", "y"]}),
        ("x;y\n1;2,5\n3;4\n", "utf-8", {"separator": ";", "decimal": ","}),
        ("x\ty\n1\t2.5\n3\t4\n", "utf-8", {"separator": "\t"}),
        ("größe,x,y\nja,1,2.5\nja,3,4\n", "latin-1", {"encoding": "cp1252"}),
        ("x,y\n1,2.5\n3,4\n", "utf-16", {"encoding": "utf-16"}),
        ("x , y\n 1 , 2.5,\n3,4\n", "utf-8", {}),
        ("name,x,y,,note\na,1,2.5,,\nb,3,4,,good\n", "utf-8", {}),
        (",x,y\n0,1,2.5\n1,3,4\n", "utf-8", {}),
    ],
)
def test_from_csv_reads_what_programs_write(tmp_path, text, encoding, options):
    """Excel's mark at the beginning, other separators and encodings; all columns that hold numbers."""
    path = written(tmp_path, text, encoding)
    np.testing.assert_array_equal(datasets.from_csv(path, **options), [[1, 2.5], [3, 4]])
    assert datasets.dataset_from_csv(path, **options).columns == ("x", "y")


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("x;y\n1;2\n", {"columns": "x"}, "the header is one field, 'x;y'; is it separator=';'"),
        ("x\ty\n1\t2\n", {}, r"the header is one field, .*; is it separator='\\t'"),
        ("größe\n1\n", {}, 'not in the encoding utf-8: .* 0xf6 .*; try encoding="cp1252"'),
        ("x\n1\n", {"encoding": "klingon"}, "encoding must be one that Python knows, .* got 'klingon'"),
        ("x,x,y\n1,2,3\n", {}, "2 columns are named 'x'; give each its own name"),
        ("x,y\n1,2,3\n", {}, "line 2 has 3 fields, the header has 2"),
        ("", {}, "own.csv is empty; its first line must name the columns"),
        ("1,2\n3,4\n", {}, "the first line must name the columns, got the numbers 1, 2"),
        ("x,y\na,b\n", {}, "no column of numbers; its header is x, y"),
        (
            "x;y\n1,5;2\n2,5;3\n",
            {"separator": ";"},
            "'1,5' is not a number; decimal=\",\" reads decimal commas",
        ),
        ("x,y\n1,2\n3,4\n5,six\n", {}, "line 4, column 'y': 'six' is not a number$"),
        ("x,y\n1,2\n3,4\n5,six\n", {"missing": "drop"}, "line 4, column 'y': 'six' is not a number$"),
        ("x,y\n1,\n", {"columns": "y"}, "'' is not a number; missing=\"drop\" leaves such lines out"),
        ("x,y\n1,\n,2\n", {"missing": "drop"}, "a missing value in every row of x, y"),
        ("x,y\n1,2\n", {"columns": ["X"]}, "no column named 'X'; the file has x, y"),
        ("x,y\n1,2\n", {"columns": []}, "columns must name at least one column"),
        ("x,y\n1,2\n", {"missing": "skip"}, "missing must be one of refuse, drop; got 'skip'"),
        ("x,y\n1,2\n", {"separator": ";;"}, "separator must be one character, .*; got ';;'"),
        (",".join(f"c{i}" for i in range(800)), {"columns": "d"}, "c18, c19, ... 800 columns"),
    ],
)
def test_wrong_files_are_named(tmp_path, text, options, message):
    path = written(tmp_path, text, "latin-1")
    with pytest.raises(ValueError, match=message) as caught:
        datasets.from_csv(path, **options)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((5,), "path of a CSV file, got int"), (("a.csv", 5), "list of column names, got 5")],
)
def test_from_csv_rejects_other_objects(tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("x\n1\n", encoding="utf-8")
    with pytest.raises(TypeError, match=message):
        datasets.from_csv(*arguments)


def test_rows_left_out_are_counted(tmp_path, capsys):
    path = written(tmp_path, "name,x,y\na,1,NA\nb,,2\nc,3,4\nd,5,6\n")
    expected = [[3, 4], [5, 6]]
    np.testing.assert_array_equal(datasets.from_csv(path, missing="drop"), expected)
    told = "2 of 4 rows have missing values and are left out."
    assert capsys.readouterr().out == f"{told}\n"
    data = datasets.dataset_from_csv(path, ["x", "y"], missing="drop")
    assert data.about == f"2 rows of own.csv. {told}"
    frame = pd.read_csv(path)
    for one in (frame, frame.convert_dtypes()):
        data = datasets.from_frame(one, missing="drop")
        np.testing.assert_array_equal(data.X, expected)
        assert data.about == f"Your own data. {told} The column name holds no numbers and is left out."
        assert data.columns == ("x", "y")
        with pytest.raises(
            ValueError, match="2 values that are NaN or infinite, the first at row 0, column 'y'"
        ):
            datasets.from_frame(one)
    data = datasets.from_frame(np.ma.masked_invalid([[1, np.nan], [3, 4], [5, 6]]), missing="drop")
    np.testing.assert_array_equal(data.X, expected)
    with pytest.raises(ValueError, match="X has a missing value in every row"):
        datasets.from_frame(frame[:2], missing="drop")


FRAME = pd.DataFrame({"name": list("ab"), "x": [1, 2], "y": [3.5, 4]})


@pytest.mark.parametrize(
    ("frame", "columns", "names"),
    [
        (FRAME, None, ("x", "y")),
        (FRAME, "y", ("y",)),
        (FRAME, FRAME.columns[:0:-1], ("y", "x")),
        (FRAME.x, None, ("x",)),
        (FRAME[["x", "y"]].to_numpy(), None, ("x", "y")),
        (FRAME[["x", "y"]].to_numpy(), ["size", "age"], ("size", "age")),
        (np.ones((5, 3)), None, ("x", "y", "z")),
        (pd.DataFrame(np.ones((5, 3))), None, ("0", "1", "2")),
        (datasets.load("penguins"), ["flipper (mm)"], ("flipper (mm)",)),
        (datasets.load("penguins"), None, datasets.load("penguins").columns),
    ],
)
def test_columns_of_own_data(frame, columns, names):
    data = datasets.from_frame(frame, columns)
    assert data.columns == names
    assert data.X.shape[1] == len(names)
    if isinstance(frame, np.ndarray):
        assert not np.shares_memory(data.X, frame)


@pytest.mark.parametrize(
    ("frame", "columns", "error", "message"),
    [
        (FRAME, ["z"], ValueError, "no column named 'z'; X has these columns of numbers: x, y"),
        (FRAME, ["name"], TypeError, "'a' at row 0, column 'name' is not one"),
        (FRAME[["name"]], None, ValueError, "no column of numbers; its columns are name"),
        (pd.concat([FRAME.x, FRAME.x], axis=1), None, ValueError, "2 columns of X are named 'x'"),
        (np.ones((5, 3)), ["x"], ValueError, "columns must name the 3 columns of X, got x"),
        (datasets.load("cross"), ["z"], ValueError, "no column named 'z'; the data have x, y"),
        (5, None, ValueError, r"X has shape \(\)"),
    ],
)
@pytest.mark.parametrize("missing", ["refuse", "drop"])
def test_from_frame_rejects(frame, columns, error, message, missing):
    with pytest.raises(error, match=message):
        datasets.from_frame(frame, columns, missing=missing)


@NAMES
def test_data_sets_print_shortly_and_are_equal_or_not(name):
    data = datasets.load(name)
    assert len(repr(data)) < 250
    assert data == datasets.load(name)
    assert data != data._replace(X=data.X + 1)
    assert data != data._replace(z=None if data.z is not None else np.zeros(3))
    assert data != data.X
    data.X[:] = 0
    assert datasets.load(name) != data


@pytest.mark.parametrize("name", [5, None, ["cross"], np.zeros(3)])
def test_load_rejects_other_objects(name):
    with pytest.raises(ValueError, match=r"name must be one of three_blobs, .*, with_outliers; got "):
        datasets.load(name)


def test_a_data_set_is_written_and_read_back_to_the_last_digit(tmp_path):
    path = tmp_path / "mine.csv"
    X = np.array([[0.1 + 0.2, 1e-300], [-1e17, 3.0]])
    data = datasets.Dataset(X, np.array([1, 0]), None, "Mine.", ('length, "mm"', "größe"))
    datasets.to_csv(data, path)
    np.testing.assert_array_equal(datasets.from_csv(path, list(data.columns)), X)
    np.testing.assert_array_equal(datasets.from_csv(path, "label")[:, 0], [1, 0])
    datasets.to_csv(data._replace(z=None), path)
    back = datasets.dataset_from_csv(path)
    np.testing.assert_array_equal(back.X, X)
    assert back.columns == data.columns


@pytest.mark.parametrize(
    ("data", "path", "error", "message"),
    [
        ([[1, 2]], "a.csv", TypeError, "data must be .*Dataset"),
        (datasets.load("document_c"), 3, TypeError, "path must be the path of a CSV file, got int"),
        (
            datasets.load("three_blobs")._replace(columns=("x", " label")),
            "a.csv",
            ValueError,
            "data.columns must not name a column of X 'label'",
        ),
        (
            datasets.load("document_c")._replace(columns=("x", "x ")),
            "a.csv",
            ValueError,
            "columns of a CSV file must have names of their own, got x, x ",
        ),
        (
            datasets.load("document_c")._replace(columns=("x", " ")),
            "a.csv",
            ValueError,
            "columns of a CSV file must have names of their own",
        ),
    ],
)
def test_to_csv_rejects_what_could_not_be_read_again(tmp_path, monkeypatch, data, path, error, message):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=message):
        datasets.to_csv(data, path)
    assert list(tmp_path.iterdir()) == []


@NAMES
def test_a_data_set_comes_back_from_a_file_with_its_labels(tmp_path, name):
    data, path = datasets.load(name), tmp_path / "mine.csv"
    datasets.to_csv(data, path)
    back = datasets.dataset_from_csv(path)
    assert back == data._replace(truth=None, about=back.about)
    assert back.about.endswith("z is the column label." if data.z is not None else "rows of mine.csv.")
    labels = {} if back.z is None else {"label": back.z}
    frame = pd.DataFrame(dict(zip(back.columns, back.X.T, strict=True)) | labels)
    framed = datasets.from_frame(frame)
    assert framed == back._replace(about=framed.about)
    np.testing.assert_array_equal(datasets.from_csv(path), data.X)


def test_labels_are_no_coordinates_unless_one_asks_for_them(tmp_path, capsys):
    path = written(tmp_path, "x,label,kind\n1,1,b\n2,0,a\n3,1,b\n")
    frame = pd.read_csv(path)
    for made in (datasets.dataset_from_csv(path), datasets.from_frame(frame)):
        np.testing.assert_array_equal(made.X, [[1], [2], [3]])
        np.testing.assert_array_equal(made.z, [1, 0, 1])
        assert made.about.endswith("The column kind holds no numbers and is left out. z is the column label.")
    assert datasets.from_csv(path).shape == (3, 1)
    assert capsys.readouterr().out == (
        "The column label holds labels and is left out; dataset_from_csv reads them as z.\n"
    )
    both = ["x", "label"]
    for made in (datasets.dataset_from_csv(path, both), datasets.from_frame(frame, both)):
        np.testing.assert_array_equal(made.X, [[1, 1], [2, 0], [3, 1]])
        assert made.z is None
    for made in (
        datasets.dataset_from_csv(path, "x", labels="kind"),
        datasets.from_frame(frame, "x", labels="kind"),
    ):
        np.testing.assert_array_equal(made.z, [1, 0, 1])
        assert made.about.endswith("z is the kind: a, b.")
    np.testing.assert_array_equal(datasets.from_csv(path, both), [[1, 1], [2, 0], [3, 1]])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("entries", [["1.5", "2.5"], ["-1", "0"], ["1", ""]])
def test_a_column_headed_label_that_holds_other_numbers_is_one_of_x(tmp_path, entries):
    path = written(tmp_path, "x,label\n" + "".join(f"{x},{entry}\n" for x, entry in enumerate(entries)))
    for made in (
        datasets.dataset_from_csv(path, missing="drop"),
        datasets.from_frame(pd.read_csv(path), missing="drop"),
    ):
        assert (made.columns, made.z) == (("x", "label"), None)


def test_a_column_headed_label_that_is_alone_is_x(tmp_path):
    path = written(tmp_path, "label\n1\n2\n")
    for made in (
        datasets.dataset_from_csv(path),
        datasets.from_frame(pd.read_csv(path)),
        datasets.from_frame(pd.Series([1, 2], name="label")),
    ):
        assert (made.X.tolist(), made.z, made.columns) == ([[1], [2]], None, ("label",))


def test_rows_without_a_label_are_missing_too(tmp_path):
    path = written(tmp_path, "x,kind\n1,a\n2,\n,b\n4,b\n")
    for read, given in ((datasets.dataset_from_csv, path), (datasets.from_frame, pd.read_csv(path))):
        made = read(given, labels="kind", missing="drop")
        np.testing.assert_array_equal(made.X, [[1], [4]])
        np.testing.assert_array_equal(made.z, [0, 1])
        assert "2 of 4 rows have missing values and are left out." in made.about


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (
            "kinds",
            "no column named 'kinds'; (the file has|X has the columns) x, kind, n; did you mean 'kind'",
        ),
        ("kind", "(line 3|row 1), column 'kind': (''|nan) is no label here; labels are whole numbers from 0"),
        ("n", "(line 3, column 'n': 'two'|row 0, column 'n': '1') is no label here"),
    ],
)
def test_wrong_labels_are_named(tmp_path, labels, message):
    path = written(tmp_path, "x,kind,n\n1,a,1\n2,,two\n3,b,3\n")
    for read, given in ((datasets.dataset_from_csv, path), (datasets.from_frame, pd.read_csv(path))):
        with pytest.raises(ValueError, match=message):
            read(given, "x", labels=labels)


def test_what_cannot_be_written_leaves_an_older_file_alone(tmp_path):
    path = written(tmp_path, "x\n1\n")
    for wrong in (
        datasets.load("cross")._replace(columns=("x", "\ud800")),
        datasets.load("cross")._replace(z=np.zeros(3, dtype=int)),
    ):
        with pytest.raises(ValueError):
            datasets.to_csv(wrong, path)
        assert path.read_text() == "x\n1\n"


FILLED = datasets.load("cross")


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"X": FILLED.X[:, 0]}, ValueError, r"data\.X must have shape \(N, D\), got \(400,\)"),
        ({"X": FILLED.X.tolist()}, TypeError, r"data\.X must be a NumPy array of shape \(N, D\), got list"),
        ({"X": FILLED.X.astype(str)}, TypeError, r"data\.X holds text, not numbers"),
        ({"columns": ("x",)}, ValueError, r"data\.columns must name the 2 columns of X, got x"),
        ({"columns": ()}, ValueError, r"data\.columns must name the 2 columns of X, got none"),
        ({"columns": ("x", 2)}, TypeError, r"a name in data\.columns must be text, got int"),
        ({"columns": None}, TypeError, r"data\.columns must list the names of the columns of X, got None"),
        ({"z": FILLED.z[:3]}, ValueError, r"data\.z must have shape \(N,\) = \(400,\), .*, got \(3,\)"),
        ({"z": FILLED.z - 0.5}, ValueError, r"data\.z must hold whole numbers from 0"),
        ({"z": ["a"] * 400}, TypeError, r"data\.z holds text"),
        ({"truth": 5}, TypeError, r"data\.truth must be a Mixture, got int"),
        ({"truth": datasets.load("two_sources").truth}, ValueError, r"data\.truth is for 1-D data, but .* 2"),
    ],
)
def test_a_wrong_data_set_is_refused_by_the_name_of_its_field(tmp_path, wrong, error, message):
    data, path = FILLED._replace(**wrong), written(tmp_path, "x\n1\n")
    for take in (
        lambda: datasets.to_csv(data, path),
        lambda: datasets.from_frame(data),
        lambda: gt.widgets.explorer(data),
        lambda: gt.widgets.how_many(data),
        lambda: gt.widgets.lottery(data),
        lambda: gt.widgets.outliers(data),
    ):
        with pytest.raises(error, match=message):
            take()
    assert path.read_text() == "x\n1\n"


def test_a_data_set_is_copied():
    given = FILLED._replace(X=FILLED.X.copy(), z=FILLED.z.copy())
    made = datasets.from_frame(given)
    given.X[:], given.z[:] = 0, 0
    assert made == FILLED


def test_rows_of_a_data_set_are_left_out_with_their_labels():
    data = FILLED._replace(X=FILLED.X.copy())
    data.X[[1, 5], [0, 1]] = np.nan
    with pytest.raises(ValueError, match="2 values that are NaN or infinite, the first at row 1, column 'x'"):
        datasets.from_frame(data)
    kept = np.delete(np.arange(400), [1, 5])
    made = datasets.from_frame(data, missing="drop")
    about = f"{FILLED.about} 2 of 400 rows have missing values and are left out."
    assert made == FILLED._replace(X=FILLED.X[kept], z=FILLED.z[kept], about=about)
    assert len(datasets.from_frame(data, "y", missing="drop").X) == 399


@pytest.mark.parametrize(
    "numbers",
    [
        pd.Series([1, 2.5, 3], dtype=object),
        pd.Series([np.int64(1), Decimal("2.5"), 3], dtype=object),
        pd.Series([1, 2.5, 3], dtype="Float64"),
    ],
)
def test_objects_that_are_numbers_are_numbers(numbers):
    frame = pd.DataFrame({"x": numbers, "kind": list("abc"), "male": [True, False, True]})
    data = datasets.from_frame(frame)
    np.testing.assert_array_equal(data.X, [[1], [2.5], [3]])
    assert data.about == "Your own data. The columns kind, male hold no numbers and are left out."
    frame.loc[1, "x"] = None
    data = datasets.from_frame(frame, missing="drop")
    np.testing.assert_array_equal(data.X, [[1], [3]])
    np.testing.assert_array_equal(datasets.from_frame(frame, "male").X, [[1], [0], [1]])


@pytest.mark.parametrize("missing", ["refuse", "drop"])
@pytest.mark.parametrize(
    ("entries", "first"),
    [
        ([1.5, "n/a", 3], "'n/a' at row 1"),
        ([1, 2, [3]], r"\[3\] at row 2"),
        (["1.5", "2", "?"], "'1.5' at row 0"),
        ([None, "1", "2"], "'1' at row 1"),
    ],
)
def test_numbers_among_text_are_refused_by_name(entries, first, missing):
    frame = pd.DataFrame({"y": [1.0, 2, 3], "x": pd.Series(entries, dtype=object)})
    with pytest.raises(TypeError, match=f"X must hold real numbers only; {first}, column 'x' is not one"):
        datasets.from_frame(frame, missing=missing)
    np.testing.assert_array_equal(datasets.from_frame(frame, "y").X, [[1], [2], [3]])
