# The command line as a user meets it: the built program, its messages, exit statuses and files.
if(TARGET populace)
  add_test(NAME app_command_line
    COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/command_line_test.py $<TARGET_FILE:populace> ${CMAKE_SOURCE_DIR})
  set_tests_properties(app_command_line PROPERTIES TIMEOUT 600)
endif()
