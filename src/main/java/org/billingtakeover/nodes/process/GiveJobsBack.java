package org.billingtakeover.nodes.process;

import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A node that stops ends the jobs that it has begun, and gives back those that it has only taken: another node begins them at once,
 * instead of when the lock is over.
 */
@Component
class GiveJobsBack {

    private static final Logger LOG = LoggerFactory.getLogger(GiveJobsBack.class);
    private static final long LONGEST_JOB_SECONDS = 25;

    /** None where this node executes no jobs. */
    private final ObjectProvider<JobExecutor> executors;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    GiveJobsBack(ObjectProvider<JobExecutor> executors, JdbcClient jdbc, TransactionTemplate transaction) {
        this.executors = executors;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Before anything else stops: jobs need all of the product. */
    @EventListener(ContextClosedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void stop() throws InterruptedException {
        JobExecutor executor = executors.getIfAvailable();
        if (executor == null || !executor.isActive()) {
            return;
        }
        executor.shutdown();
        ThreadPoolExecutor threads =
                ((ThreadPoolTaskExecutor) ((SpringJobExecutor) executor).getTaskExecutor()).getThreadPoolExecutor();
        threads.getQueue().clear();
        threads.shutdown();
        if (!threads.awaitTermination(LONGEST_JOB_SECONDS, TimeUnit.SECONDS)) {
            // What still runs stays locked, so that no other node begins it too.
            LOG.warn("A job has not ended within {} s; its lock runs out by itself", LONGEST_JOB_SECONDS);
            return;
        }
        transaction.executeWithoutResult(status -> jdbc.sql(
                        "update act_ru_job set lock_owner_ = null, lock_exp_time_ = null where lock_owner_ = ?")
                .param(executor.getLockOwner())
                .update());
    }
}
