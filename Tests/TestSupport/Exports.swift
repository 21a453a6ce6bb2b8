// The laws of families are for strangers' tests too, and hence a module of their own.
@_exported public import LatentZooTesting
