# The rooms of the house and the arrows between them. An arrow is a direct #include; `base` is free to all.
# hw_room() refuses a dependency that is not in this table; tests/tidy checks every #include against it.
# <room>  ->  <rooms it may include>
set(HOPWISE_ARROWS
  "base         ->"
  "wire         -> base"
  "journal      -> wire"
  "ethernet     -> wire journal"
  "arp_wire     -> wire"
  "arp          -> wire journal ethernet arp_wire"
  "ipv4_wire    -> wire"
  "route        -> wire journal"
  "ipv4         -> wire journal ipv4_wire"
  "icmp_wire    -> wire"
  "icmp         -> wire journal icmp_wire ipv4_wire"
  "ipv6_wire    -> wire"
  "ipv6         -> wire journal ipv6_wire"
  "icmp6_wire   -> wire"
  "icmp6        -> wire journal icmp6_wire ipv6_wire"
  "nd_wire      -> wire"
  "nd           -> wire journal nd_wire"
  "mld_wire     -> wire"
  "mld          -> wire journal mld_wire"
  "udp_wire     -> wire"
  "udp          -> wire journal udp_wire ipv4_wire"
  "tcp_wire     -> wire"
  "tcp          -> wire journal tcp_wire"
  "gre_wire     -> wire"
  "vxlan_wire   -> wire"
  "ppp_wire     -> wire"
  "tunnel       -> wire journal gre_wire"
  "medium       -> wire journal"
  "bridge       -> wire journal ethernet igmp_wire"
  "vif          -> wire journal"
  "vxlan        -> wire journal vxlan_wire ethernet ipv4_wire"
  "netfilter    -> wire journal ipv4_wire icmp_wire udp_wire tcp_wire route"
  "stp_wire     -> wire"
  "stp          -> wire journal stp_wire"
  "igmp_wire    -> wire"
  "igmp         -> wire journal igmp_wire"
  "socket       -> wire"
  "process      -> socket journal wire ethernet arp_wire ipv4_wire icmp_wire icmp6_wire udp_wire"
  "device       -> ethernet arp route ipv4 icmp ipv6 icmp6 nd mld ipv6_wire icmp6_wire nd_wire mld_wire udp tcp igmp bridge stp vif vxlan tunnel netfilter tcp_wire gre_wire vxlan_wire igmp_wire arp_wire ipv4_wire icmp_wire udp_wire ppp_wire process socket journal wire"
  "capi         -> device process socket journal wire arp route"
  "sim          -> device process socket journal wire ethernet arp route bridge ppp_wire medium"
  "dissect      -> wire ethernet arp_wire ipv4_wire icmp_wire ipv6_wire icmp6_wire nd_wire mld_wire udp_wire tcp_wire gre_wire vxlan_wire igmp_wire stp_wire ppp_wire"
  "explain      -> journal wire ethernet arp route ipv4 icmp ipv6 icmp6 nd mld udp igmp bridge stp vif vxlan tunnel netfilter device sim tcp medium"
  "filter       -> dissect journal"
  "project      -> sim device process route arp bridge netfilter ipv6 wire"
  "shell        -> project sim device process socket journal wire ethernet arp route bridge netfilter tunnel ipv4_wire ipv6 nd"
  "lens         -> sim device process socket journal wire ethernet arp route bridge tunnel vxlan netfilter tcp udp dissect explain filter project arp_wire ipv4_wire icmp_wire udp_wire gre_wire vxlan_wire igmp_wire stp_wire ppp_wire tcp_wire"
  "capture      -> wire"
  "trace        -> capture lens dissect sim journal wire explain"
  "lesson       -> project sim device process arp bridge route journal wire dissect"
  "session      -> project shell lens trace sim device process journal explain wire"
  "rehearsal    -> lesson session project"
  "oracle       -> session project shell lens trace sim device process dissect journal wire ethernet arp route bridge netfilter ipv6 nd"
  "bench        -> sim device process journal wire route"
  "kit          ->"
  "model        -> session lesson lens project explain dissect journal kit wire"
  "canvas       -> project model kit lens wire"
  "inspector    -> model kit lens wire"
  "conversation -> model kit lens wire tcp_wire"
  "timeline     -> model kit lens wire"
  "device_page  -> model kit lens wire"
  "terminal     -> model kit lens wire"
  "lesson_page  -> model kit lesson lens wire"
  "editor       -> project model kit lens wire"
  "workbench    -> editor model kit canvas inspector conversation timeline device_page terminal lesson_page lesson project lens session wire"
)

foreach(arrow IN LISTS HOPWISE_ARROWS)
  string(REGEX MATCH "^([a-z0-9_]+) *->(.*)$" matched "${arrow}")
  set(from ${CMAKE_MATCH_1})
  string(STRIP "${CMAKE_MATCH_2}" targets)
  string(REGEX REPLACE " +" ";" targets "${targets}")
  set(HOPWISE_MAY_${from} "${targets}")
endforeach()

# hw_room(NAME arp FOLDER core/proto/arp DEPS wire journal SOURCES a.cpp HEADERS a.h LIBS fmt::fmt)
# A room without SOURCES is header-only. The target is hw_<name>.
function(hw_room)
  cmake_parse_arguments(ROOM "" "NAME" "DEPS;SOURCES;HEADERS;LIBS" ${ARGN})
  if(NOT DEFINED HOPWISE_MAY_${ROOM_NAME})
    message(FATAL_ERROR "room ${ROOM_NAME} stands in no line of cmake/rooms.cmake")
  endif()
  foreach(dep IN LISTS ROOM_DEPS)
    if(NOT dep STREQUAL "base" AND NOT dep IN_LIST HOPWISE_MAY_${ROOM_NAME})
      message(FATAL_ERROR "arrow ${ROOM_NAME} -> ${dep} is not allowed by cmake/rooms.cmake")
    endif()
  endforeach()
  if(ROOM_SOURCES)
    add_library(hw_${ROOM_NAME} STATIC ${ROOM_SOURCES} ${ROOM_HEADERS})
    set(scope PUBLIC)
  else()
    add_library(hw_${ROOM_NAME} INTERFACE)
    set(scope INTERFACE)
  endif()
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE folder)
  if(ROOM_SOURCES AND folder MATCHES "^core/(base|wire|journal|proto|socket|process|device|sim|capi)(/|$)")
    hw_across_rooms(hw_${ROOM_NAME})
    # They are in a shared library too (core/capi). What it does not export is called as directly as in a program.
    set_target_properties(hw_${ROOM_NAME} PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  endif()
  # Two thirds of the compiler's time in a room with widgets are Qt's headers: they are read once.
  if("Qt6::Widgets" IN_LIST ROOM_LIBS)
    if(ROOM_NAME STREQUAL "kit")
      target_precompile_headers(hw_kit PRIVATE <QtWidgets> <map> <string> <vector>)
    else()
      target_precompile_headers(hw_${ROOM_NAME} REUSE_FROM hw_kit)
    endif()
  endif()
  # The same of the World's headers, for the rooms that see all of it.
  if(ROOM_NAME STREQUAL "project")
    target_precompile_headers(hw_project PRIVATE "${CMAKE_SOURCE_DIR}/core/sim/timeline.h" <fmt/format.h>)
  elseif(ROOM_NAME MATCHES "^(shell|explain|lens|trace|lesson|session|rehearsal|oracle|bench)$")
    target_precompile_headers(hw_${ROOM_NAME} REUSE_FROM hw_project)
  endif()
  list(TRANSFORM ROOM_DEPS PREPEND hw_ OUTPUT_VARIABLE targets)
  target_link_libraries(hw_${ROOM_NAME} ${scope} hopwise_options ${targets} ${ROOM_LIBS})
  if(NOT ROOM_NAME STREQUAL "base")
    target_link_libraries(hw_${ROOM_NAME} ${scope} hw_base)
  endif()
endfunction()

# hw_test(NAME core_arp ROOMS arp device SOURCES a_test.cpp): one GoogleTest program, one ctest entry per test.
function(hw_test)
  cmake_parse_arguments(T "" "NAME;TIMEOUT" "ROOMS;SOURCES;LIBS" ${ARGN})
  list(TRANSFORM T_ROOMS PREPEND hw_ OUTPUT_VARIABLE targets)
  add_executable(test_${T_NAME} ${T_SOURCES})
  # Tests are compiled once and run once: a quarter less time for the compiler. (-O0 would slow down the templates they share.)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(test_${T_NAME} PRIVATE -O1)
  endif()
  target_link_libraries(test_${T_NAME} PRIVATE ${targets} ${T_LIBS} GTest::gtest_main GTest::gmock)
  if(NOT "Qt6::Test" IN_LIST T_LIBS)
    target_precompile_headers(test_${T_NAME} REUSE_FROM test_headers)
  endif()
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 120)
  endif()
  add_test(NAME ${T_NAME} COMMAND test_${T_NAME} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${T_NAME} PROPERTIES TIMEOUT ${T_TIMEOUT})
  hw_hits_rules(${T_NAME})
endfunction()

# The rules that these tests hit at run time count: tests/tidy wants every rule to be hit by one of them.
set(HOPWISE_RULES_HIT ${CMAKE_BINARY_DIR}/rules_hit.txt)
function(hw_hits_rules)
  set_property(GLOBAL APPEND PROPERTY HOPWISE_TESTS_HITTING_RULES ${ARGN})
  set_tests_properties(${ARGN} PROPERTIES DEPENDS rules_begin
    ENVIRONMENT_MODIFICATION HOPWISE_RULES_HIT=set:${HOPWISE_RULES_HIT})
endfunction()
