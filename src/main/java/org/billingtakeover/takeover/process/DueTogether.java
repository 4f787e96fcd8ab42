package org.billingtakeover.takeover.process;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.billingtakeover.kernel.TakeoverKey;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.BackoffJobAcquisitionStrategy;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionStrategy;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutorContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.impl.jobexecutor.SequentialJobAcquisitionRunnable;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * A job executor for billing dates, on which thousands of timers fall due at one moment. It asks for more jobs only when few wait for its
 * threads, and runs changes of payers that it got at once in one transaction, so that their rows are written as batches. Where one of them
 * fails, nothing of them has happened, and each is run by itself as ever, with its own retries and incidents.
 */
final class DueTogether extends SpringJobExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(DueTogether.class);

    /** Until the threads have caught up, if none of them says so before. */
    private static final int LOOK_AGAIN_MILLIS = 50;

    private final int most;
    private final Consumer<List<TakeoverKey>> before;
    private final int threads;
    private final ThreadPoolExecutor pool;

    /**
     * @param most how many are run in one transaction at most; with 1, each has its own
     * @param before told in that transaction which cases it will be about
     */
    DueTogether(ThreadPoolTaskExecutor executor, int most, Consumer<List<TakeoverKey>> before) {
        setTaskExecutor(executor);
        this.most = most;
        this.before = before;
        this.threads = executor.getCorePoolSize();
        this.pool = executor.getThreadPoolExecutor();
    }

    @Override
    protected void ensureInitialization() {
        super.ensureInitialization();
        acquireJobsRunnable = new Acquisition();
    }

    @Override
    public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl engine) {
        return new Group(jobIds, engine);
    }

    private boolean areFewWaiting() {
        return pool.getQueue().size() < threads;
    }

    /** Hands out what was got at once in as many groups as there are threads, or in more of the greatest size. */
    private final class Acquisition extends SequentialJobAcquisitionRunnable {

        Acquisition() {
            super(DueTogether.this);
        }

        @Override
        protected JobAcquisitionStrategy initializeAcquisitionStrategy() {
            return new BackoffJobAcquisitionStrategy(DueTogether.this) {
                @Override
                public int getNumJobsToAcquire(String engine) {
                    return areFewWaiting() ? super.getNumJobsToAcquire(engine) : 0;
                }

                @Override
                public long getWaitTime() {
                    return areFewWaiting() ? super.getWaitTime() : LOOK_AGAIN_MILLIS;
                }
            };
        }

        @Override
        protected void executeJobs(JobAcquisitionContext context, ProcessEngineImpl engine, AcquiredJobs acquired) {
            List<List<String>> processes = byFirm(
                    Stream.concat(
                                    context
                                            .getAdditionalJobsByEngine()
                                            .getOrDefault(engine.getName(), List.of())
                                            .stream(),
                                    acquired.getJobIdBatches().stream())
                            .toList(),
                    engine);
            int size = Math.max(1, Math.min(most, (processes.size() + threads - 1) / threads));
            for (int from = 0; from < processes.size(); from += size) {
                List<List<String>> group = processes.subList(from, Math.min(from + size, processes.size()));
                DueTogether.this.executeJobs(
                        group.stream().flatMap(List::stream).toList(), engine);
            }
        }
    }

    /**
     * Those of a firm beside each other, the firms in order. Each case that pays a firm's commissions waits for the one before it: groups
     * that met the firms in any order would wait for each other in a circle, and one of them would be for nothing.
     */
    static List<List<String>> byFirm(List<List<String>> processes, ProcessEngineImpl engine) {
        Map<String, String> firms = new HashMap<>();
        if (processes.size() > 1) {
            engine.getManagementService()
                    .createJobQuery()
                    .jobIds(processes.stream().flatMap(List::stream).collect(toSet()))
                    .list()
                    .forEach(job -> firms.put(job.getId(), firmOf(job)));
        }
        return processes.stream()
                .sorted(comparing(jobs -> firms.getOrDefault(jobs.get(0), "")))
                .toList();
    }

    private static String firmOf(Job job) {
        return requireNonNullElse(job.getTenantId(), "");
    }

    private final class Group extends ExecuteJobsRunnable {

        Group(List<String> jobIds, ProcessEngineImpl engine) {
            super(jobIds, engine);
        }

        @Override
        public void run() {
            if (jobIds.size() == 1 || !isActive()) {
                super.run();
                return;
            }
            List<String> left = runTogether();
            if (left.isEmpty()) {
                jobWasAdded();
            } else {
                new ExecuteJobsRunnable(left, processEngine).run();
            }
        }

        /** @return what is still to be run, each by itself */
        private List<String> runTogether() {
            JobExecutorContext here = new JobExecutorContext();
            List<String> others = new ArrayList<>();
            Context.setJobExecutorContext(here);
            try {
                processEngine
                        .getProcessEngineConfiguration()
                        .getCommandExecutorTxRequired()
                        .execute(command -> {
                            List<Job> changes = changesAmong(others);
                            before.accept(casesOf(changes));
                            changes.forEach(change -> run(change, command));
                            return changes.size();
                        });
                // What a job has begun that goes on at once.
                others.addAll(here.getCurrentProcessorJobQueue());
                return others;
            } catch (RuntimeException e) {
                LOG.info(
                        "{} jobs could not be run together, and are run one by one: {}",
                        jobIds.size(),
                        e.getClass().getName());
                return jobIds;
            } finally {
                Context.removeJobExecutorContext();
            }
        }

        /** @param others gets what is none */
        private List<Job> changesAmong(List<String> others) {
            List<Job> changes = new ArrayList<>();
            for (Job job : processEngine
                    .getManagementService()
                    .createJobQuery()
                    .jobIds(Set.copyOf(jobIds))
                    .list()) {
                if (isChangeOfPayer(job)) {
                    changes.add(job);
                } else {
                    others.add(job.getId());
                }
            }
            changes.sort(comparing(DueTogether::firmOf));
            return changes;
        }

        private List<TakeoverKey> casesOf(List<Job> changes) {
            Set<String> processes =
                    changes.stream().map(Job::getProcessInstanceId).collect(toSet());
            return processes.isEmpty()
                    ? List.of()
                    : processEngine
                            .getRuntimeService()
                            .createProcessInstanceQuery()
                            .processInstanceIds(processes)
                            .list()
                            .stream()
                            .map(process -> new TakeoverKey(process.getBusinessKey()))
                            .distinct()
                            .toList();
        }

        /** What one before it has ended is there no more. */
        private static void run(Job change, CommandContext command) {
            if (!command.getDbEntityManager().isDeleted((JobEntity) change)) {
                new ExecuteJobsCmd(change.getId(), new JobFailureCollector(change.getId())).execute(command);
            }
        }

        private static boolean isChangeOfPayer(Job job) {
            return job instanceof TimerEntity timer
                    && BillingTakeoverProcess.isChangeOfPayer(
                            timer.getProcessDefinitionKey(), timer.getJobHandlerConfigurationRaw());
        }
    }
}
