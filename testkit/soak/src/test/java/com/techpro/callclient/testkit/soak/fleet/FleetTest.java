// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.soak.fleet.FleetRegistrar.Overload;
import java.time.Duration;
import java.util.IntSummaryStatistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All phones of a phone system come back at once, in virtual time, and its registrar can serve a fiftieth of them a second: at two requests a phone it is
 * busy for 100 s, if nobody asks twice. Each is a whole engine. {@code -Dfleet.phones=10000} is the fleet that docs/performance.md shows; by default it is a
 * tenth of that, before a registrar a tenth as fast.
 */
@Tag("day-1")
@Tag("slow")
class FleetTest {
    private static final int PHONES = Integer.getInteger("fleet.phones", 1_000);
    private static final int RATE = PHONES / 50;
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final FleetReport REPORT = new FleetReport(PHONES, RATE);

    /** What no phone may need to be registered again: with this many, ten thousand phones still ask for less than a registrar serves in seven minutes. */
    private static final int MOST_REQUESTS = 8;

    @AfterAll
    static void write() {
        REPORT.write();
    }

    @Test
    void a_registrar_that_was_away_for_five_minutes_and_forgot_everybody() {
        try (Fleet fleet = fleet(3261, 1, Overload.QUEUES)) {
            FleetRegistrar registrar = fleet.registrars.get(0);
            registrar.stop();
            fleet.time.advance(Duration.ofMinutes(5));

            fleet.count();
            registrar.start();

            allComeBack("away for 5 min", fleet, 300);
        }
    }

    @ParameterizedTest
    @EnumSource(Overload.class)
    void a_registrar_that_was_away_for_three_seconds_gets_everybody_at_the_same_moment(Overload overload) {
        try (Fleet fleet = fleet(5626, 1, overload)) {
            FleetRegistrar registrar = fleet.registrars.get(0);
            registrar.stop();
            fleet.time.advance(Duration.ofSeconds(3));

            fleet.count();
            registrar.start();

            allComeBack("away for 3 s; " + overload.words(), fleet, 350);
        }
    }

    @Test
    void two_registrars_restarted_one_after_the_other() {
        try (Fleet fleet = fleet(3263, 2, Overload.QUEUES)) {
            fleet.count();
            FleetRegistrar first = fleet.registrars.get(0);
            FleetRegistrar second = fleet.registrars.get(1);
            first.stop();
            fleet.time.advance(Duration.ofMinutes(2));
            first.start();
            fleet.time.advance(Duration.ofMinutes(1));
            second.stop();
            fleet.time.advance(Duration.ofMinutes(2));
            second.start();

            allComeBack("two, restarted in turn", fleet, 300);
        }
    }

    @Test
    void one_of_two_registrars_that_can_no_longer_be_reached() {
        try (Fleet fleet = fleet(2782, 2, Overload.QUEUES)) {
            fleet.count();
            fleet.registrars.get(0).vanish();

            allComeBack("one of two unreachable", fleet, 400);
        }
    }

    @Test
    void a_phone_system_that_moved_to_another_address() {
        try (Fleet fleet = fleet(1035, 1, Overload.QUEUES)) {
            fleet.forgetServers();
            fleet.count();
            fleet.registrar("192.0.2.20", 1, RATE, Overload.QUEUES);
            fleet.registrars.get(0).stop();

            allComeBack("moved to another address", fleet, 600);
        }
    }

    /** All phones registered for ten minutes at so many registrars. */
    private static Fleet fleet(long seed, int registrars, Overload overload) {
        Fleet fleet = new Fleet(seed, SipTransport.TCP);
        for (int i = 0; i < registrars; i++) {
            fleet.registrar("192.0.2." + (10 + i), 1, RATE, overload);
        }
        fleet.phones(PHONES, Duration.ofMinutes(5));
        fleet.curve(Duration.ofMinutes(1));
        fleet.time.advance(Duration.ofMinutes(10));
        assertThat(fleet.registered()).isEqualTo(PHONES);
        return fleet;
    }

    private static void allComeBack(String what, Fleet fleet, int mostSeconds) {
        int[] curve = fleet.curve(LONGEST);
        IntSummaryStatistics requests = fleet.requests();
        REPORT.add(what, curve, requests);

        assertThat(curve[curve.length - 1]).as("registered").isEqualTo(PHONES);
        assertThat(curve.length - 1).as("seconds until all were").isLessThan(mostSeconds);
        assertThat(requests.getMax()).as("requests of one phone").isLessThanOrEqualTo(MOST_REQUESTS);
    }
}
