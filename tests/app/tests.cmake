# The command line as a user meets it: the built program, its messages, exit statuses and files.
if(TARGET populace)
  foreach(name command_line compare explain plan sensitivity survey truth)
    add_test(NAME app_${name}
      COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/${name}_test.py $<TARGET_FILE:populace> ${CMAKE_SOURCE_DIR})
    set_tests_properties(app_${name} PROPERTIES TIMEOUT 600)
  endforeach()
endif()
if(TARGET populace AND EXISTS ${POPULACE_CONTRACT_PYTHON})
  add_test(NAME app_journeys_xarray COMMAND ${POPULACE_CONTRACT_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/journeys_xarray_test.py
    $<TARGET_FILE:populace> ${CMAKE_SOURCE_DIR})
endif()
