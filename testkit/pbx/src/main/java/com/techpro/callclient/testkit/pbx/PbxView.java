// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.pbx.fault.PhoneMediaFaults;
import com.techpro.callclient.testkit.pbx.fault.Stubbing;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What a PBX has to do with one extension, from the moment when this was made: for tests that share a PBX at the same time, each with extensions of its own.
 *
 * <pre>
 *   &#64;Test
 *   void dials(&#64;PbxAccount("1001") PbxView anna) {
 *       CallClient app = …
 *       app.addAccount(anna.account().build()).dial("600");
 *       assertThat(anna).within(Duration.ofSeconds(5)).received("INVITE").to("600");
 *   }
 * </pre>
 *
 * <p>As such a parameter it is closed when the test is over; what {@link EmbeddedPbx#viewOf} gives is for its caller to close. Two that are open of one extension take
 * requests and stubs from each other. Methods may be called from any thread but the PBX's own.
 */
public final class PbxView implements AutoCloseable {
    private final EmbeddedPbx pbx;
    private final String extension;
    private final long since;

    PbxView(EmbeddedPbx pbx, String extension, long since) {
        this.pbx = pbx;
        this.extension = extension;
        this.since = since;
    }

    /** The whole PBX, which others use too. */
    public EmbeddedPbx pbx() {
        return pbx;
    }

    public String extension() {
        return extension;
    }

    /** See {@link EmbeddedPbx#account(String)}. */
    public SipAccount.Builder account() {
        return pbx.account(extension);
    }

    /** The requests with the extension as the user in From, oldest first, of those that {@link EmbeddedPbx#requests()} has. Never waits. */
    public List<RecordedRequest> requests() {
        return pbx.requestsFrom(extension, since);
    }

    /** Those of one method, in capitals. Never waits. */
    public List<RecordedRequest> requests(String method) {
        return requests().stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    /**
     * Waits for the oldest of its requests that was not taken yet, and takes it. Those of other extensions remain to be taken.
     *
     * @throws AssertionError if there is none within the limit; it lists what was received from the extension
     */
    public RecordedRequest takeRequest(Duration limit) {
        return pbx.takeFrom(extension, since, null, limit);
    }

    /** As {@link #takeRequest(Duration)}, of one method. */
    public RecordedRequest takeRequest(String method, Duration limit) {
        return pbx.takeFrom(extension, since, method, limit);
    }

    /** As {@link EmbeddedPbx#on}, for the extension's requests alone. */
    public Stubbing on(String method) {
        return pbx.on(method).from(extension);
    }

    /** What goes wrong on purpose with the sound of its phones. */
    public PhoneMediaFaults media() {
        return pbx.faults().media(extension);
    }

    /** Whether it has a phone that can be reached. Never waits. */
    public boolean isRegistered() {
        return pbx.state().isRegistered(extension);
    }

    /** Those of {@link EmbeddedPbx#liveCalls()} that one of its phones is in. Waits for the PBX's own thread. */
    public List<LiveCall> liveCalls() {
        return pbx.liveCalls().stream()
                .filter(call ->
                        call.legs().stream().anyMatch(leg -> leg.extension().equals(extension)))
                .toList();
    }

    /** See {@link EmbeddedPbx#holdsWithin}. */
    public boolean holdsWithin(BooleanSupplier condition, Duration limit) {
        return pbx.holdsWithin(condition, limit);
    }

    /**
     * Leaves nothing of the test to whoever uses the extension next: its calls are hung up, and stubs for its requests and faults of its media are gone. Registrations stay. Does
     * nothing once the PBX is closed.
     */
    @Override
    public void close() {
        pbx.leave(extension);
    }

    @Override
    public String toString() {
        return "PbxView[" + extension + "]";
    }
}
