"""Django's PostgreSQL, which tells a lost connection without asking the server (数据库连接)."""
