"""Real-estate after-sales: shared property models and one room per company."""
