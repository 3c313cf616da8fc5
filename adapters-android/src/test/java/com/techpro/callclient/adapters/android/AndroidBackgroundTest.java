// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.AlarmManager;
import android.app.Application;
import android.app.Notification;
import android.app.NotificationManager;
import android.app.job.JobInfo;
import android.app.job.JobScheduler;
import android.content.BroadcastReceiver;
import android.content.ComponentName;
import android.content.Context;
import android.content.ContextWrapper;
import android.content.Intent;
import android.content.IntentFilter;
import android.os.Looper;
import android.os.PowerManager;
import android.os.SystemClock;
import android.provider.Settings;
import com.techpro.callclient.adapters.android.AndroidCallUiTest.RefusedService;
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
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowAlarmManager.ScheduledAlarm;
import org.robolectric.shadows.ShadowPowerManager;

/** What keeps a phone registered while its user does something else. */
@SuppressWarnings("deprecation") // a getter of API 26, and fields of Robolectric's, whose successors are younger
class AndroidBackgroundTest {
    @TestFactory
    Stream<DynamicContainer> on_android() {
        return Stream.concat(ApiLevels.run(OnAndroid.class), ApiLevels.run(Refused.class));
    }

    /** An app that wants to be reachable. */
    abstract static class Reachable {
        static final RuntimeException IN_BACKGROUND = new IllegalStateException("in the background");

        final Application app = RuntimeEnvironment.getApplication();
        final JobScheduler jobs = app.getSystemService(JobScheduler.class);
        final AlarmManager alarms = app.getSystemService(AlarmManager.class);
        final NotificationManager notifications = app.getSystemService(NotificationManager.class);
        final List<Duration> budgets = new ArrayList<>();
        final List<ForegroundRefusal> refusals = new ArrayList<>();
        final Notification shown = notification();
        final Notification openRequest = notification();
        CompletableFuture<Boolean> refreshed = new CompletableFuture<>();

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

        void start(int wakeUpsAnHour) {
            ReachableService.start(app, shown, openRequest, wakeUpsAnHour, refusals::add);
        }

        /** @param refusal null: the manifest has no such service */
        void startWhere(RuntimeException refusal) {
            Context context = new ContextWrapper(app) {
                @Override
                public ComponentName startForegroundService(Intent service) {
                    if (refusal != null) {
                        throw refusal;
                    }
                    return null;
                }
            };
            ReachableService.start(context, shown, openRequest, 4, refusals::add);
        }

        ServiceController<ReachableService> reachable(int wakeUpsAnHour) {
            start(wakeUpsAnHour);
            assertThat(refusals).isEmpty();
            return begin();
        }

        /** Android lets the service begin that was started. */
        ServiceController<ReachableService> begin() {
            return Robolectric.buildService(
                            ReachableService.class, shadowOf(app).getNextStartedService())
                    .create()
                    .startCommand(0, 1);
        }

        /** Android restarts the service in a new process, whose app may not start it. */
        ReachableService restart() {
            ReachableService service =
                    Robolectric.buildService(ReachableService.class).create().get();
            startWhere(IN_BACKGROUND);
            service.onStartCommand(null, 0, 1);
            return service;
        }

        /** The alarm goes off, even if it was cancelled meanwhile. */
        void wake() {
            app.sendBroadcast(new Intent(app, ReachableReceiver.class));
            shadowOf(Looper.getMainLooper()).idle();
        }

        List<Notification> notices() {
            return shadowOf(notifications).getAllNotifications();
        }

        private Notification notification() {
            return new Notification.Builder(app, "calls")
                    .setSmallIcon(android.R.drawable.sym_def_app_icon)
                    .build();
        }
    }

    /** A service that may not come to the foreground, also when Android itself restarts it. */
    @Config(shadows = RefusedService.class)
    static class Refused extends Reachable {
        @Test
        void a_phone_that_cannot_come_back_asks_once_to_open_the_app() {
            restart();
            assertThat(refusals).isEmpty();
            shadowOf(Looper.getMainLooper()).idle();
            assertThat(refusals).containsExactly(ForegroundRefusal.IN_BACKGROUND);
            assertThat(notices()).containsExactly(openRequest);

            notifications.cancelAll(); // by the user
            wake();
            assertThat(refusals).hasSize(1);
            startWhere(IN_BACKGROUND); // another process
            shadowOf(Looper.getMainLooper()).idle();
            assertThat(refusals).hasSize(2);
            assertThat(notices()).isEmpty();
        }
    }

    static class OnAndroid extends Reachable {
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

            assertThat(shadowOf(alarm.operation).isBroadcastIntent())
                    .as("Android keeps the device awake until a receiver has returned")
                    .isTrue();
            wake();
            PowerManager.WakeLock lock = ShadowPowerManager.getLatestWakeLock();
            assertThat(budgets).containsExactly(ReachableReceiver.BUDGET);
            assertThat(lock.isHeld()).isTrue();
            refreshed.complete(true);
            assertThat(lock.isHeld()).isFalse();
            assertThat(shadowOf(alarms).getScheduledAlarms()).hasSize(1);
        }

        @Test
        void a_wake_up_that_never_ends_keeps_neither_the_device_awake_nor_the_receiver_busy() {
            reachable(1);
            ReachableReceiver receiver = new ReachableReceiver();
            app.registerReceiver(receiver, new IntentFilter("wake"));
            app.sendBroadcast(new Intent("wake"));
            shadowOf(Looper.getMainLooper()).idle();
            BroadcastReceiver.PendingResult broadcast = shadowOf(receiver).getOriginalPendingResult();
            assertThat(shadowOf(receiver).wentAsync()).isTrue();
            assertThat(shadowOf(broadcast).getFuture().isDone()).isFalse();

            shadowOf(Looper.getMainLooper()).idleFor(ReachableReceiver.BUDGET);
            assertThat(shadowOf(broadcast).getFuture().isDone()).isTrue();
            assertThat(ShadowPowerManager.getLatestWakeLock().isHeld()).isFalse();
            refreshed.complete(true); // late: it is finished once
        }

        @Test
        void a_service_that_android_restarts_comes_back_although_the_app_may_not_start_it() {
            ReachableService service = restart();
            shadowOf(Looper.getMainLooper()).idle();
            assertThat(shadowOf(service).getLastForegroundNotification()).isSameAs(shown);
            assertThat(shadowOf(service).isStoppedBySelf()).isFalse();
            assertThat(refusals).isEmpty();
            assertThat(notices()).doesNotContain(openRequest);
        }

        @Test
        void a_phone_that_may_not_start_it_wakes_all_the_same_and_tries_again_each_time() {
            startWhere(IN_BACKGROUND);
            shadowOf(Looper.getMainLooper()).idle();
            assertThat(notices()).containsExactly(openRequest);
            assertThat(shadowOf(alarms).getScheduledAlarms()).hasSize(1);

            wake();
            assertThat(budgets).containsExactly(ReachableReceiver.BUDGET);
            ServiceController<ReachableService> service = begin();
            assertThat(shadowOf(service.get()).getLastForegroundNotification()).isSameAs(shown);
            service.destroy();
            startWhere(IN_BACKGROUND);
            shadowOf(Looper.getMainLooper()).idle();
            assertThat(notices())
                    .as("it ran in between: the user is asked again")
                    .contains(openRequest);
            assertThat(refusals).containsExactly(ForegroundRefusal.IN_BACKGROUND, ForegroundRefusal.IN_BACKGROUND);
        }

        @Test
        void one_that_is_stopped_asks_its_user_no_more() {
            startWhere(IN_BACKGROUND);
            shadowOf(Looper.getMainLooper()).idle();
            ReachableService.stop(app);
            assertThat(notices()).isEmpty();
            startWhere(IN_BACKGROUND);
            ReachableService.stop(app);
            shadowOf(Looper.getMainLooper()).idle();
            assertThat(notices()).isEmpty();
            assertThat(refusals).hasSize(1);
        }

        @Test
        void an_unreachable_process_does_nothing_after_a_restart_of_the_device() {
            app.sendBroadcast(new Intent(Intent.ACTION_BOOT_COMPLETED).setPackage(app.getPackageName()));
            shadowOf(Looper.getMainLooper()).idle();
            assertThat(budgets).isEmpty();
            assertThat(shadowOf(app).getNextStartedService()).isNull();
            assertThat(shadowOf(alarms).getScheduledAlarms()).isEmpty();
        }

        @Test
        void a_restart_of_the_device_and_an_update_of_the_app_start_it() {
            for (String action : List.of(Intent.ACTION_BOOT_COMPLETED, Intent.ACTION_MY_PACKAGE_REPLACED)) {
                startWhere(IN_BACKGROUND);
                app.sendBroadcast(new Intent(action).setPackage(app.getPackageName()));
                shadowOf(Looper.getMainLooper()).idle();
                assertThat(shadowOf(app).getNextStartedService().getComponent().getClassName())
                        .as(action)
                        .isEqualTo(ReachableService.class.getName());
            }
        }

        @Test
        void an_exemption_from_battery_optimisation_is_asked_for_unless_granted() {
            assertThat(ReachableService.exemptionRequest(app).getAction())
                    .isEqualTo(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS);
            shadowOf(app).grantPermissions(Manifest.permission.REQUEST_IGNORE_BATTERY_OPTIMIZATIONS);
            Intent request = ReachableService.exemptionRequest(app);
            assertThat(request.getAction()).isEqualTo(Settings.ACTION_REQUEST_IGNORE_BATTERY_OPTIMIZATIONS);
            assertThat(request.getDataString()).isEqualTo("package:" + app.getPackageName());
            shadowOf(app.getSystemService(PowerManager.class))
                    .setIgnoringBatteryOptimizations(app.getPackageName(), true);
            assertThat(ReachableService.exemptionRequest(app)).isNull();
        }

        @Test
        void a_phone_that_is_logged_out_wakes_no_more() {
            ServiceController<ReachableService> service = reachable(1);
            ReachableService.stop(app);
            assertThat(shadowOf(alarms).getScheduledAlarms()).isEmpty();
            wake(); // the alarm was under way
            assertThat(budgets).isEmpty();
            assertThat(shadowOf(alarms).getScheduledAlarms()).isEmpty();
            assertThat(shadowOf(service.get()).isStoppedBySelf()).isTrue();
        }

        /** Android ends an app whose service was started for the foreground and never came there. */
        @Test
        void one_that_is_stopped_before_it_begins_shows_its_notification_first() {
            start(1);
            ReachableService.stop(app);
            assertThat(shadowOf(app).getNextStoppedService()).isNull();

            assertShownAndEnded(begin());
        }

        @Test
        void one_that_is_started_again_and_stopped_shows_its_notification_first() {
            ServiceController<ReachableService> service = reachable(1);
            start(2);
            ReachableService.stop(app);
            wake(); // the alarm was under way
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
                assertThatThrownBy(() -> start(none)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(shadowOf(app).getNextStartedService()).isNull();
        }

        @Test
        void an_app_without_the_service_in_its_manifest_is_told() {
            startWhere(null);
            assertThat(refusals).containsExactly(ForegroundRefusal.NOT_PERMITTED);
            assertThat(shadowOf(alarms).getScheduledAlarms()).isEmpty();
        }

        @Test
        void an_app_that_android_does_not_let_start_it_is_told() {
            startWhere(IN_BACKGROUND);
            shadowOf(Looper.getMainLooper()).idle();
            assertThat(refusals).containsExactly(ForegroundRefusal.IN_BACKGROUND);
        }
    }
}
