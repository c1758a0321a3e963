"""The demo clinic: invented people whose stories are told through the application's own actions."""
