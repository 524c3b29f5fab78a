print("mailaudit")
