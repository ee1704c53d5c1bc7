# Qt, only searched when the window is built.
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Svg PrintSupport LinguistTools Test)
find_package(QCustomPlotQt6 CONFIG REQUIRED)
qt_standard_project_setup()
