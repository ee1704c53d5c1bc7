// The headers of this target are compiled once for all tests; see CMakeLists.txt.
