# A check of the sources says the same whatever they are built with.
if(POPULACE_SANITIZE)
  return()
endif()

separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS}")
set(strict -std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
set(includes $<TARGET_PROPERTY:populace_scenarios,INTERFACE_INCLUDE_DIRECTORIES>)
set(definitions $<TARGET_PROPERTY:populace_scenarios,INTERFACE_COMPILE_DEFINITIONS>)
add_test(NAME headers
  COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/check_headers.py ${CMAKE_SOURCE_DIR}
          ${CMAKE_BINARY_DIR}/headers_checked.json 2 ${CMAKE_CXX_COMPILER} ${flags} ${strict}
          "-I$<JOIN:$<REMOVE_DUPLICATES:${includes}>,;-I>" "-D$<JOIN:$<REMOVE_DUPLICATES:${definitions}>,;-D>"
  COMMAND_EXPAND_LISTS)
add_test(NAME headers_self_test
  COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/check_headers_test.py ${CMAKE_CURRENT_LIST_DIR}/check_headers.py
          ${CMAKE_CXX_COMPILER} ${flags} -std=c++20)
