package org.billingtakeover.takeover.process;

import org.billingtakeover.takeover.CaseFiles;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Takes the place of the engine's own job executor, where this node executes jobs. */
@Configuration(proxyBeanMethods = false)
class JobExecution {

    @Bean
    @ConditionalOnProperty(name = "camunda.bpm.job-execution.enabled", matchIfMissing = true)
    static JobExecutor jobExecutor(
            @Qualifier("camundaTaskExecutor") TaskExecutor threads,
            CamundaBpmProperties properties,
            @Value("${back-office.jobs.changes-of-payers-together}") int most,
            ObjectProvider<CaseFiles> files) {
        JobExecutionProperty settings = properties.getJobExecution();
        DueTogether executor = new DueTogether(
                (ThreadPoolTaskExecutor) threads,
                most,
                keys -> files.getObject().lock(keys));
        executor.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
        executor.setLockTimeInMillis(settings.getLockTimeInMillis());
        executor.setMaxJobsPerAcquisition(settings.getMaxJobsPerAcquisition());
        executor.setWaitTimeInMillis(settings.getWaitTimeInMillis());
        executor.setMaxWait(settings.getMaxWait());
        return executor;
    }
}
