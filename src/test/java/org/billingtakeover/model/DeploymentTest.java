package org.billingtakeover.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.billingtakeover.TestDatabase;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DeploymentTest {

    @Test
    void theEngineAcceptsAllDiagramsTablesAndFormsTogether() {
        ProcessFiles files = FilesOnDisk.read(FilesOnDisk.PROCESSES, FilesOnDisk.FORMS);
        try (HikariDataSource database = TestDatabase.fresh()) {
            ProcessEngine engine = engineOn(database);
            DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
            files.texts().forEach(deployment::addString);
            deployment.deploy();
            assertThat(engine.getRepositoryService()
                            .createProcessDefinitionQuery()
                            .list())
                    .extracting(ProcessDefinition::getKey)
                    .containsExactlyInAnyOrderElementsOf(files.names(".bpmn")
                            .map(name -> name.replace(".bpmn", ""))
                            .toList());
            engine.close();
        }
    }

    private static ProcessEngine engineOn(HikariDataSource database) {
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("deployment");
        configuration.setDataSource(database);
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setJobExecutorActivate(false);
        return configuration.buildProcessEngine();
    }
}
