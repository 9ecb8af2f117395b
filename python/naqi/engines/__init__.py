"""The jobs as functions from table to table, for engines that spread tables over processes and machines.

`mapper` builds one picklable object that Ray, Hugging Face datasets, Dask and Daft call as it is;
`naqi.engines.spark` puts it on a DataFrame of Spark. Use the functions of `naqi` themselves where one
machine is enough: they spread a column over its cores. Needs pyarrow.
"""

from naqi.engines.tables import JOBS, Mapper, mapper

__all__ = ["JOBS", "Mapper", "mapper"]
