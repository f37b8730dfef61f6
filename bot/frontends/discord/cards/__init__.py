"""Cards of plain data, their texts, and the components that Discord draws of them."""
