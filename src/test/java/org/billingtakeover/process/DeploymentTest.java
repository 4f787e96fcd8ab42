package org.billingtakeover.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.billingtakeover.TestDatabase;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.Test;

class DeploymentTest {

    @Test
    void theEngineAcceptsAllDiagramsTablesAndFormsTogether() throws IOException {
        try (HikariDataSource database = TestDatabase.fresh();
                Stream<Path> files = Stream.of(Path.of("processes"), Path.of("forms"))
                        .filter(Files::isDirectory)
                        .flatMap(DeploymentTest::filesIn)) {
            ProcessEngine engine = engineOn(database);
            DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
            for (Path file : (Iterable<Path>) files::iterator) {
                deployment.addString(file.toString(), Files.readString(file));
            }
            deployment.deploy();
            assertThat(engine.getRepositoryService()
                            .createProcessDefinitionQuery()
                            .list())
                    .extracting(ProcessDefinition::getKey)
                    .contains("billing-takeover", "stop-integration");
            engine.close();
        }
    }

    private static ProcessEngine engineOn(HikariDataSource database) {
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setDataSource(database).setDatabaseSchemaUpdate("true").setJobExecutorActivate(false);
        return configuration.buildProcessEngine();
    }

    private static Stream<Path> filesIn(Path folder) {
        try {
            return Files.list(folder).filter(file -> file.toString().matches(".*\\.(bpmn|dmn|form)"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
