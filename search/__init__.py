"""The domain model, segmentation, query language and engines of gongkai."""
