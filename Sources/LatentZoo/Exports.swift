// A family or a program that uses the zoo imports this one module.
@_exported public import Datasets
@_exported public import Layers
@_exported public import Tensors
