package org.billingtakeover.takeover.process;

import org.billingtakeover.takeover.CaseFiles;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** The product's job executor, for tests that run none by themselves. */
public final class JobExecutors {

    private static final int THREADS = 4;
    private static final int TOGETHER = 50;

    private JobExecutors() {}

    /** One that is still to be started, and ends with {@link JobExecutor#shutdown}. */
    public static JobExecutor of(ProcessEngine engine, CaseFiles files) {
        ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
        threads.setCorePoolSize(THREADS);
        threads.setDaemon(true);
        threads.initialize();
        DueTogether executor = new DueTogether(threads, TOGETHER, files::lock);
        executor.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
        executor.setMaxJobsPerAcquisition(THREADS * TOGETHER);
        executor.setWaitTimeInMillis(20);
        executor.setMaxWait(50);
        ProcessEngineImpl ours = (ProcessEngineImpl) engine;
        ours.getProcessEngineConfiguration().setJobExecutor(executor);
        executor.registerProcessEngine(ours);
        return executor;
    }
}
