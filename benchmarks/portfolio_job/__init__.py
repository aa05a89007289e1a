"""The whole job of a portfolio, by klantkompas and by its peers; results are compared before times.

The job: the measures that six success factors need, the factors, the classes, the Pareto ranking,
the Net Promoter Score per customer and by group, and peak and end, by the definitions that the page
"What is counted, and how" gives. Orders are single lines here, and every interaction has an id.

    python -m portfolio_job --n 1e6                  all contenders, in turns, in one process
    python -m portfolio_job --n 1e6 --ids text       the same with ids that are text
    python -m portfolio_job --n 1e7 --memory         peak memory, each contender in its own process
    python -m portfolio_job --n 1e6 --ways-in        files and records to a reading
"""
