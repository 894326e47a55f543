"""The made-up company: files for a firm that never was, with mechanisms of its own and planted stories."""

from data.demo.company import DemoCompany, write_company
from data.demo.stories import Story

__all__ = ["DemoCompany", "Story", "write_company"]
