package org.billingtakeover.benchmark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The engine as its starter for Spring Boot ships it, with its smallest process that waits for a date: a timer, and a step of Java. It
 * knows no setting of the product's.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    CamundaBpmAutoConfiguration.class
})
class StockEngine {

    /** Said once it works. */
    static final String READY = "The stock engine is ready";

    private static final String PROCESS = "stock";
    private static final int THREADS = 4;

    /** @param args the address of its database */
    public static void main(String[] args) {
        start(args[0], true);
        System.out.println(READY);
    }

    /** Starts so many cases, all of which are due by now. */
    static void prepare(String database, int cases) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (ConfigurableApplicationContext product = start(database, false)) {
            ProcessEngine engine = product.getBean(ProcessEngine.class);
            engine.getRepositoryService()
                    .createDeployment()
                    .addModelInstance(
                            PROCESS + ".bpmn",
                            Bpmn.createExecutableProcess(PROCESS)
                                    .camundaHistoryTimeToLive(730)
                                    .startEvent()
                                    .intermediateCatchEvent()
                                    .timerWithDate("2100-01-01T00:00:00Z")
                                    .serviceTask()
                                    .camundaClass(Step.class)
                                    .endEvent()
                                    .done())
                    .deploy();
            List<Future<?>> started = new ArrayList<>();
            for (int i = 0; i < cases; i++) {
                started.add(threads.submit(() -> engine.getRuntimeService().startProcessInstanceByKey(PROCESS)));
            }
            for (Future<?> each : started) {
                each.get();
            }
            JdbcClient.create(product.getBean(DataSource.class))
                    .sql("update act_ru_job set duedate_ = ?")
                    .param(Date.from(Instant.now()))
                    .update();
        } finally {
            threads.shutdown();
        }
    }

    private static ConfigurableApplicationContext start(String database, boolean works) {
        return new SpringApplicationBuilder(StockEngine.class)
                .web(WebApplicationType.NONE)
                .properties(
                        // The product's settings and diagrams are on the classpath too.
                        "spring.config.name=stock",
                        "camunda.bpm.auto-deployment-enabled=false",
                        "camunda.bpm.process-engine-name=stock",
                        "camunda.bpm.job-execution.enabled=" + works,
                        "spring.datasource.url=" + database,
                        "spring.datasource.username=postgres")
                .run();
    }

    /** The step. */
    public static final class Step implements JavaDelegate {

        @Override
        public void execute(DelegateExecution execution) {
            // What it would do is not the engine's.
        }
    }
}
