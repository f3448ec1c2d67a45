"""Each table's folder as a Delta Lake table, whose log says what the manifests say."""
