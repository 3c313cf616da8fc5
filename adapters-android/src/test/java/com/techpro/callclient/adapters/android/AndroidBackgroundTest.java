// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.robolectric.Shadows.shadowOf;

import android.app.AlarmManager;
import android.app.Application;
import android.app.Notification;
import android.app.job.JobInfo;
import android.app.job.JobScheduler;
import android.content.ComponentName;
import android.content.Context;
import android.content.ContextWrapper;
import android.content.Intent;
import android.os.PowerManager;
import android.os.SystemClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.controller.ServiceController;
import org.robolectric.shadows.ShadowAlarmManager.ScheduledAlarm;
import org.robolectric.shadows.ShadowPowerManager;

/** What keeps a phone registered while its user does something else. */
@SuppressWarnings("deprecation") // a getter of API 26, and fields of Robolectric's, whose successors are younger
class AndroidBackgroundTest {
    @TestFactory
    Stream<DynamicContainer> on_android() {
        return ApiLevels.run(OnAndroid.class);
    }

    static class OnAndroid {
        private final Application app = RuntimeEnvironment.getApplication();
        private final JobScheduler jobs = app.getSystemService(JobScheduler.class);
        private final AlarmManager alarms = app.getSystemService(AlarmManager.class);
        private final List<Duration> budgets = new ArrayList<>();
        private final List<ForegroundRefusal> refusals = new ArrayList<>();
        private CompletableFuture<Boolean> refreshed = new CompletableFuture<>();

        @BeforeEach
        void serve() {
            BackgroundRefresh.serve(budget -> {
                budgets.add(budget);
                return refreshed;
            });
        }

        @AfterEach
        void stop() {
            ReachableService.stop(app);
        }

        @Test
        void a_refresh_is_scheduled_once_and_needs_a_network() {
            assertThat(BackgroundRefresh.schedule(app, Duration.ofMinutes(30))).isTrue();
            JobInfo first = jobs.getAllPendingJobs().get(0);
            assertThat(first.isPeriodic()).isTrue();
            assertThat(first.getIntervalMillis()).isEqualTo(1_800_000);
            assertThat(first.getService().getClassName()).isEqualTo(BackgroundRefreshService.class.getName());
            assertThat(first.getNetworkType()).isEqualTo(JobInfo.NETWORK_TYPE_ANY);

            assertThat(BackgroundRefresh.schedule(app, Duration.ofMinutes(30))).isTrue();
            assertThat(jobs.getAllPendingJobs()).singleElement().isSameAs(first);
            assertThat(BackgroundRefresh.schedule(app, Duration.ofMinutes(15))).isTrue();
            assertThat(jobs.getAllPendingJobs()).singleElement().matches(job -> job.getIntervalMillis() == 900_000);
            BackgroundRefresh.cancel(app);
            assertThat(jobs.getAllPendingJobs()).isEmpty();
        }

        @Test
        void android_runs_no_job_more_often_than_it_says() {
            assertThatThrownBy(() -> BackgroundRefresh.schedule(app, Duration.ofMinutes(14)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(jobs.getAllPendingJobs()).isEmpty();
        }

        @Test
        void a_job_lasts_until_the_phone_is_registered() {
            BackgroundRefreshService service = Robolectric.setupService(BackgroundRefreshService.class);
            assertThat(service.onStartJob(null)).isTrue();
            assertThat(budgets).containsExactly(BackgroundRefresh.BUDGET);
            assertThat(shadowOf(service).getIsJobFinished()).isFalse();
            refreshed.complete(true);
            assertThat(shadowOf(service).getIsJobFinished()).isTrue();
            assertThat(shadowOf(service).getIsRescheduleNeeded()).isFalse();
        }

        @Test
        void a_refresh_that_fails_or_throws_ends_its_job() {
            BackgroundRefreshService failing = Robolectric.setupService(BackgroundRefreshService.class);
            assertThat(failing.onStartJob(null)).isTrue();
            refreshed.completeExceptionally(new IllegalStateException("of the app"));
            assertThat(shadowOf(failing).getIsJobFinished()).isTrue();

            BackgroundRefresh.serve(budget -> {
                throw new IllegalStateException("of the app");
            });
            BackgroundRefreshService throwing = Robolectric.setupService(BackgroundRefreshService.class);
            assertThat(throwing.onStartJob(null)).isTrue();
            assertThat(shadowOf(throwing).getIsJobFinished()).isTrue();
        }

        @Test
        void a_reachable_phone_shows_that_it_is_and_wakes_as_often_as_its_budget_says() {
            ServiceController<ReachableService> service = reachable(4);
            assertThat(shadowOf(service.get()).getLastForegroundNotification()).isNotNull();
            assertThat(budgets).isEmpty();

            ScheduledAlarm alarm = shadowOf(alarms).peekNextScheduledAlarm();
            assertThat(alarm.type).isEqualTo(AlarmManager.ELAPSED_REALTIME_WAKEUP);
            assertThat(alarm.triggerAtTime - SystemClock.elapsedRealtime()).isEqualTo(900_000);
            assertThat(alarm.allowWhileIdle).isTrue();

            ring(service);
            PowerManager.WakeLock lock = ShadowPowerManager.getLatestWakeLock();
            assertThat(budgets).containsExactly(ReachableService.BUDGET);
            assertThat(lock.isHeld()).isTrue();
            refreshed.complete(true);
            assertThat(lock.isHeld()).isFalse();
            assertThat(shadowOf(alarms).getScheduledAlarms()).hasSize(1);
        }

        @Test
        void a_phone_that_is_logged_out_wakes_no_more() {
            ServiceController<ReachableService> service = reachable(1);
            ReachableService.stop(app);
            assertThat(shadowOf(alarms).getScheduledAlarms()).isEmpty();
            ring(service); // the alarm was under way
            assertThat(budgets).isEmpty();
            assertThat(shadowOf(alarms).getScheduledAlarms()).isEmpty();
            assertThat(shadowOf(service.get()).isStoppedBySelf()).isTrue();
        }

        /** Android ends an app whose service was started for the foreground and never came there. */
        @Test
        void one_that_is_stopped_before_it_begins_shows_its_notification_first() {
            ReachableService.start(app, shown(), 1, refusals::add);
            ReachableService.stop(app);
            assertThat(shadowOf(app).getNextStoppedService()).isNull();
            ServiceController<ReachableService> service = Robolectric.buildService(
                            ReachableService.class, shadowOf(app).getNextStartedService())
                    .create()
                    .startCommand(0, 1);

            assertShownAndEnded(service);
        }

        @Test
        void one_that_is_started_again_and_stopped_shows_its_notification_first() {
            ServiceController<ReachableService> service = reachable(1);
            ReachableService.start(app, shown(), 2, refusals::add);
            ReachableService.stop(app);
            ring(service); // the alarm was under way
            assertThat(shadowOf(service.get()).isStoppedBySelf()).isFalse();
            service.get().onStartCommand(shadowOf(app).getNextStartedService(), 0, 3);

            assertShownAndEnded(service);
        }

        private void assertShownAndEnded(ServiceController<ReachableService> service) {
            assertThat(shadowOf(service.get()).getLastForegroundNotificationId())
                    .isNotZero();
            assertThat(shadowOf(service.get()).isStoppedBySelf()).isTrue();
            assertThat(shadowOf(alarms).getScheduledAlarms()).isEmpty();
        }

        @Test
        void a_budget_is_bounded() {
            for (int none : new int[] {-1, 0, ReachableService.MOST_WAKE_UPS_AN_HOUR + 1}) {
                assertThatThrownBy(() -> ReachableService.start(app, shown(), none, refusals::add))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(shadowOf(app).getNextStartedService()).isNull();
        }

        @Test
        void an_app_without_the_service_in_its_manifest_is_told() {
            startWhere(null);
            assertThat(refusals).containsExactly(ForegroundRefusal.NOT_PERMITTED);
        }

        @Test
        void an_app_that_android_does_not_let_start_it_is_told() {
            startWhere(new IllegalStateException("in the background"));
            assertThat(refusals).containsExactly(ForegroundRefusal.IN_BACKGROUND);
        }

        private void startWhere(RuntimeException refusal) {
            Context context = new ContextWrapper(app) {
                @Override
                public ComponentName startForegroundService(Intent service) {
                    if (refusal != null) {
                        throw refusal;
                    }
                    return null;
                }
            };
            ReachableService.start(context, shown(), 4, refusals::add);
        }

        private ServiceController<ReachableService> reachable(int wakeUpsAnHour) {
            ReachableService.start(app, shown(), wakeUpsAnHour, refusals::add);
            assertThat(refusals).isEmpty();
            return Robolectric.buildService(
                            ReachableService.class, shadowOf(app).getNextStartedService())
                    .create()
                    .startCommand(0, 1);
        }

        /** The alarm goes off. */
        private static void ring(ServiceController<ReachableService> service) {
            service.get().onStartCommand(new Intent("com.techpro.callclient.WAKE"), 0, 2);
        }

        private Notification shown() {
            return new Notification.Builder(app, "calls")
                    .setSmallIcon(android.R.drawable.sym_def_app_icon)
                    .build();
        }
    }
}
