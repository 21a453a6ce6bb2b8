print("latentzoo")
