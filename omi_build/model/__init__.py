"""The field in frozen types: framework, area, inspection and their parts, each knowing where it stands.

Built from checked documents by `model.build`; nothing here reads files, judges or renders.
"""
