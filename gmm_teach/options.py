"""What a run of EM is given beside its data: checked, and refused in a sentence."""

from types import ModuleType

from .params import Mixture, check_covariance_type
from .validate import check_choice, check_count, check_mixture, check_not_negative
from .words import count, letter


def check_start(start) -> Mixture:
    """Return the mixture where a run begins, or raise an error for what can be none."""
    start = check_mixture(start, "start", "see gt.starts")
    if start.weights.min() == 0:
        k = int(start.weights.argmin())
        raise ValueError(
            f"the weights of start must be > 0, but weights[{k}] is 0: EM could never give component "
            f"{letter(k)} a point. Leave that component out"
        )
    return start


def check_columns(start: Mixture, n_features: int, what: str = "X") -> None:
    """Raise a ValueError unless start is for data of n_features columns; what names them."""
    if start.n_features != n_features:
        columns = count(n_features, "column")
        raise ValueError(f"start is for {start.n_features}-D data, but {what} has {columns}")


def check_options(tol: float, max_iter: int, covariance_type: str, reg_covar: float) -> tuple[str, float]:
    """Return (covariance_type, reg_covar), or raise an error for an option that cannot be right."""
    check_not_negative("tol", tol)
    check_count("max_iter", max_iter)
    check_covariance_type(covariance_type)
    return covariance_type, check_not_negative("reg_covar", reg_covar)


def check_engine_and_record(engine: ModuleType, record: str) -> None:
    """Raise an error unless this is an engine, and a way to record."""
    if not (hasattr(engine, "e_step") and hasattr(engine, "m_step")):
        raise TypeError(f"engine must be gt.loops, gt.vectorized or gt.fast, got {engine!r}")
    check_choice("record", record, ("all", "scores"))
