"""The API (接口): the office for programs."""
