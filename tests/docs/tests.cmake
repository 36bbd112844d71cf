# A check of the sources says the same whatever they are built with.
if(POPULACE_SANITIZE)
  return()
endif()

set(check_docs ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/check_docs.py)
add_test(NAME docs_links COMMAND ${check_docs} ${CMAKE_SOURCE_DIR})
add_test(NAME docs_self_test
  COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/check_docs_test.py ${CMAKE_CURRENT_LIST_DIR}/check_docs.py)
if(TARGET populace)
  add_test(NAME docs_commands COMMAND ${check_docs} ${CMAKE_SOURCE_DIR} --run $<TARGET_FILE:populace>)
  set_tests_properties(docs_commands PROPERTIES TIMEOUT 1200)
endif()
