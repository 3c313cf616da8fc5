// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link Resolver}. The implementation's author provides a zone with the records
 * listed here.
 */
@PortContract
public abstract class ResolverContract {
    /**
     * Has the records {@code 10 60 5060 one.example.test} and {@code 20 0 5062 two.example.test}.
     */
    protected static final String SRV_NAME = "_sip._udp.example.test";

    /** Has the record {@code 50 50 "s" "SIPS+D2T" "" _sips._tcp.example.test}. */
    protected static final String NAPTR_NAME = "example.test";

    /** Does not exist. */
    protected static final String NO_SUCH_NAME = "_sip._udp.nowhere.test";

    /** Its name server gives no usable answer. */
    protected static final String BROKEN_NAME = "_sip._udp.broken.test";

    protected abstract Resolver resolver();

    /** Waits until the condition holds, or fails after about ten seconds. */
    protected abstract void await(BooleanSupplier condition);

    /** Returns a name that has an address. */
    protected abstract String knownName();

    protected abstract InetAddress knownAddress();

    @Test
    void RES_1_the_answer_comes_once_and_not_inside_the_call() {
        List<DnsAnswer> answers = new CopyOnWriteArrayList<>();
        AtomicBoolean inside = new AtomicBoolean(true);
        AtomicBoolean early = new AtomicBoolean();
        Thread caller = Thread.currentThread();
        resolver().resolve(SRV_NAME, RecordType.SRV, answer -> {
            early.set(inside.get() && Thread.currentThread() == caller);
            answers.add(answer);
        });
        inside.set(false);
        await(() -> !answers.isEmpty());
        ask(NAPTR_NAME, RecordType.NAPTR);

        assertThat(early).isFalse();
        assertThat(answers).hasSize(1);
    }

    @Test
    void RES_1_a_name_has_its_addresses() {
        assertThat(records(ask(knownName(), RecordType.ADDRESS))).contains(new DnsRecord.Address(knownAddress()));
    }

    @Test
    void RES_1_service_records_come_with_all_their_fields() {
        assertThat(records(ask(SRV_NAME, RecordType.SRV)))
                .containsExactlyInAnyOrder(
                        new DnsRecord.Srv(10, 60, 5060, "one.example.test"),
                        new DnsRecord.Srv(20, 0, 5062, "two.example.test"));
        assertThat(records(ask(NAPTR_NAME, RecordType.NAPTR)))
                .containsExactly(new DnsRecord.Naptr(50, 50, "s", "SIPS+D2T", "", "_sips._tcp.example.test"));
    }

    @Test
    void RES_1_names_are_compared_without_case() {
        assertThat(records(ask("_SIP._udp.Example.TEST", RecordType.SRV))).hasSize(2);
    }

    @Test
    void RES_2_a_literal_address_resolves_to_itself() {
        assertThat(records(ask("192.0.2.33", RecordType.ADDRESS)))
                .containsExactly(new DnsRecord.Address(Addresses.of("192.0.2.33")));
        assertThat(records(ask("2001:db8::5", RecordType.ADDRESS)))
                .containsExactly(new DnsRecord.Address(Addresses.of("2001:db8::5")));
    }

    @Test
    void RES_3_no_such_name_and_no_such_type_are_empty_answers() {
        assertThat(records(ask(NO_SUCH_NAME, RecordType.SRV))).isEmpty();
        assertThat(records(ask(SRV_NAME, RecordType.NAPTR))).isEmpty();
    }

    @Test
    void RES_3_failing_to_find_out_is_told_apart() {
        assertThat(ask(BROKEN_NAME, RecordType.SRV)).isInstanceOf(DnsAnswer.Failed.class);
    }

    @Test
    void RES_4_malformed_names_fail_and_do_not_throw() {
        List<String> malformed = List.of(
                "", ".", "a..b", "bad name.test", "a/b", "1.2.3", "999.1.1.1", "x".repeat(64) + ".test", "\u00e9.test");
        for (String name : malformed) {
            assertThat(ask(name, RecordType.ADDRESS)).as("'%s'", name).isInstanceOf(DnsAnswer.Failed.class);
        }
        assertThat(ask("a..b", RecordType.SRV)).isInstanceOf(DnsAnswer.Failed.class);
    }

    /** Sends a query and waits for the answer. */
    protected final DnsAnswer ask(String name, RecordType type) {
        List<DnsAnswer> answers = new CopyOnWriteArrayList<>();
        resolver().resolve(name, type, answers::add);
        await(() -> !answers.isEmpty());
        return answers.get(0);
    }

    private static List<DnsRecord> records(DnsAnswer answer) {
        assertThat(answer).isInstanceOf(DnsAnswer.Records.class);
        return ((DnsAnswer.Records) answer).records();
    }
}
