"""The friendly JSON form of every document, and the way from it to UBL and back."""
