"""The pages of accounts: thin views over forms, pages and actions."""
