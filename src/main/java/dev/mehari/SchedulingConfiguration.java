package dev.mehari;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.quartz.SchedulerFactoryBeanCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;

/** What runs now and then, and what waits for it: at rest each wake-up of a thread costs more than what it wakes for. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SchedulingConfiguration {

    /** A task that hangs, on a database, say, keeps no other from its time, as there is a thread for each; a test counts. */
    static final int THREADS = 6;

    /**
     * Platform threads: a virtual one that waits for a time is woken by two others. Only one of these waits for a time, those
     * without work for nothing. No executor for anything else.
     */
    @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
    static ScheduledExecutorService nowAndThen() {
        return Executors.newScheduledThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("now-and-then-", 1).factory());
    }

    @Bean
    static SchedulingConfigurer scheduledTasks(@Qualifier("nowAndThen") ScheduledExecutorService nowAndThen) {
        return tasks -> tasks.setScheduler(nowAndThen);
    }

    /** Each thread of a pool of Quartz' own wakes twice a second for nothing. A job is run by a thread made for it. */
    @Bean
    static SchedulerFactoryBeanCustomizer threadsForJobs() {
        var threads = new SimpleAsyncTaskExecutor("schedule-");
        threads.setVirtualThreads(true);
        return scheduler -> scheduler.setTaskExecutor(threads);
    }
}
