# Compiler cache, fast linker, warnings: one interface target, hopwise_options, that every room links.
find_program(HOPWISE_CCACHE ccache)
if(HOPWISE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${HOPWISE_CCACHE})
endif()
find_program(HOPWISE_MOLD mold)

add_library(hopwise_options INTERFACE)
target_include_directories(hopwise_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(hopwise_options INTERFACE -Wall -Wextra -Wconversion -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False alarms of GCC 12 in std::variant, std::vector and std::string; clang and the sanitizers watch instead.
  target_compile_options(hopwise_options INTERFACE -Wno-maybe-uninitialized -Wno-array-bounds
                         -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict)
endif()
if(HOPWISE_WERROR)
  target_compile_options(hopwise_options INTERFACE -Werror)
endif()
# No floating point contraction, no surprises: the World's hash is the same on every compiler and level.
target_compile_options(hopwise_options INTERFACE -ffp-contract=off)
target_compile_definitions(hopwise_options INTERFACE HOPWISE_VERSION="${PROJECT_VERSION}")
if(HOPWISE_MOLD)
  target_link_options(hopwise_options INTERFACE -fuse-ld=mold)
endif()
if(HOPWISE_SANITIZE)
  target_compile_options(hopwise_options INTERFACE -fsanitize=${HOPWISE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(hopwise_options INTERFACE -fsanitize=${HOPWISE_SANITIZE})
endif()

# The engine's rooms are optimised across their borders where a program is linked. Tests link the plain code that lies
# beside (fat objects): it is the same source, and a link costs them nothing.
if(HOPWISE_LTO AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(HOPWISE_LTO OFF)
endif()
function(hw_across_rooms target)
  if(HOPWISE_LTO)
    target_compile_options(${target} PRIVATE -flto -ffat-lto-objects)
  endif()
endfunction()
function(hw_program target)
  if(HOPWISE_LTO)
    target_link_options(${target} PRIVATE -flto=auto -O2)
  endif()
endfunction()
