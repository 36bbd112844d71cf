if(TARGET populace)
  add_test(NAME oracles_objective_run
    COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/objective_run_test.py $<TARGET_FILE:populace>
            ${CMAKE_SOURCE_DIR}/scenarios/catalogue/objective_and_task.toml)
endif()
