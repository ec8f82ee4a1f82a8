"""Operations of AWS that the installed botocore does not know yet, each with its shapes.

The files are parts of botocore 1.44.8's service models (Copyright Amazon.com, Apache License 2.0),
of their texts the first sentence; `tests.renew_models` writes them.
"""
