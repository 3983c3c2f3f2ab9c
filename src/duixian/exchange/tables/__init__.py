"""Fact tables read in: CSV, xlsx and Parquet become dossiers, and whatever was wrong becomes problems."""
