# House rules of the build: one flag set for all code, one helper a folder. Sources are found by folder, so that adding a
# file is adding a file.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
option(POPULACE_TESTS "Build the tests" ON)
option(POPULACE_PCH "Precompiled headers of others" ON)
option(POPULACE_QUICK "For developing: kernels without AVX-512" OFF)
option(POPULACE_WERROR "Treat warnings as errors" ON)
set(POPULACE_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize takes them")

# No contraction: a fused multiply-add would make results depend on the instruction set.
add_compile_options(-ffp-contract=off -fno-math-errno -fno-trapping-math -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                    -Wnon-virtual-dtor -Woverloaded-virtual)
# GCC warns of its own instrumentation (of std::function, among others), so builds with sanitizers judge no warnings.
if(POPULACE_WERROR AND NOT POPULACE_SANITIZE)
  add_compile_options(-Werror)
endif()
# At -O1 GCC 12 sees overruns in its own strings; the tests and the cold code of releases are compiled so.
set(POPULACE_FALSE_ALARMS "")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(POPULACE_FALSE_ALARMS -Wno-array-bounds -Wno-stringop-overflow -Wno-restrict)
endif()
if(POPULACE_QUICK)
  add_compile_options(${POPULACE_FALSE_ALARMS})
endif()
if(POPULACE_SANITIZE)
  add_compile_options(-fsanitize=${POPULACE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -Wno-maybe-uninitialized)
  add_link_options(-fsanitize=${POPULACE_SANITIZE})
  if(POPULACE_SANITIZE MATCHES "thread")
    add_compile_definitions(POPULACE_THREAD_SANITIZER=1)
  endif()
endif()

# Half the time of compiling goes into headers of others. That no file of ours leans on them is seen to by the test of
# headers and by the preset clang, which does without.
function(populace_precompile target)
  if(POPULACE_PCH)
    target_precompile_headers(${target} PRIVATE <algorithm> <cstdint> <filesystem> <functional> <map> <memory> <optional>
      <span> <string> <string_view> <utility> <vector> ${ARGN})
  endif()
endfunction()

# Code that runs once in a run, or judges what ran: there the compiler's time matters more than the program's.
function(populace_cold target)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(${target} PRIVATE -O1 ${POPULACE_FALSE_ALARMS})
  endif()
endfunction()

# populace_library(a/b [RECURSE] DEPS a/c Other::target) makes the static library populace_a_b of all sources in a/b (an
# interface library while it has none). A dependency without "::" is ours: a folder, or build_info.
function(populace_link target visibility)
  foreach(dep IN LISTS ARGN)
    if(NOT dep MATCHES "::")
      string(REPLACE "/" "_" dep populace_${dep})
    endif()
    target_link_libraries(${target} ${visibility} ${dep})
  endforeach()
endfunction()

function(populace_library dir)
  cmake_parse_arguments(ARG "RECURSE" "" "DEPS" ${ARGN})
  string(REPLACE "/" "_" target populace_${dir})
  if(ARG_RECURSE)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${dir}/*.cpp)
  else()
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${dir}/*.cpp)
  endif()
  if(sources)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
    populace_link(${target} PUBLIC ${ARG_DEPS})
    set(headers "")
    if("fmt::fmt" IN_LIST ARG_DEPS)
      list(APPEND headers <fmt/format.h> <nlohmann/json.hpp>)
    endif()
    list(LENGTH sources n_sources)
    if(n_sources GREATER 12)  # below, making them takes longer than they save
      populace_precompile(${target} ${headers})
    endif()
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${CMAKE_SOURCE_DIR})
    populace_link(${target} INTERFACE ${ARG_DEPS})
  endif()
endfunction()

function(populace_executable target)
  cmake_parse_arguments(ARG "" "DIR" "DEPS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${ARG_DIR}/*.cpp)
  if(sources)
    add_executable(${target} ${sources})
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
    populace_link(${target} PUBLIC ${ARG_DEPS})
    populace_precompile(${target} <CLI/CLI.hpp> <fmt/format.h> <nlohmann/json.hpp>)
  endif()
endfunction()

# populace_build_info: version, commit, compiler and build type as the header build_info.hpp, looked up at build time.
set(populace_build_info_header ${CMAKE_BINARY_DIR}/generated/build_info.hpp)
add_custom_target(populace_build_info_header
  COMMAND ${CMAKE_COMMAND} -DSOURCE_DIR=${CMAKE_SOURCE_DIR} -DOUTPUT=${populace_build_info_header}
          -DVERSION=${PROJECT_VERSION} "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
          -DBUILD_TYPE=${CMAKE_BUILD_TYPE} -P ${CMAKE_CURRENT_LIST_DIR}/build_info.cmake
  BYPRODUCTS ${populace_build_info_header}
  COMMENT "Looking up the commit" VERBATIM)
add_library(populace_build_info INTERFACE)
target_include_directories(populace_build_info INTERFACE ${CMAKE_BINARY_DIR}/generated)
add_dependencies(populace_build_info populace_build_info_header)
