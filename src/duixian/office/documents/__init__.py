"""Documents (文书): notices, payment tables and letters from templates that a city can change."""
