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
 * One extension's traffic at a PBX, from the view's creation on. For tests that share a PBX at the
 * same time, each with extensions of its own.
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
 * <p>A view injected as a parameter is closed when the test ends; the caller closes a view from
 * {@link EmbeddedPbx#viewOf}. Two open views of one extension take requests and stubs from each
 * other. Methods may be called from any thread except the PBX's own.
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

    /** Returns the whole PBX, which other tests share. */
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

    /**
     * Returns the requests of {@link EmbeddedPbx#requests()} whose From user is this extension,
     * oldest first. Never waits.
     */
    public List<RecordedRequest> requests() {
        return pbx.requestsFrom(extension, since);
    }

    /** Returns those of one method, which is given in capitals. Never waits. */
    public List<RecordedRequest> requests(String method) {
        return requests().stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    /**
     * Waits for the extension's oldest request not taken yet and takes it. Requests of other
     * extensions are not taken.
     *
     * @throws AssertionError if there is none within the limit; it lists the extension's requests
     */
    public RecordedRequest takeRequest(Duration limit) {
        return pbx.takeFrom(extension, since, null, limit);
    }

    /** As {@link #takeRequest(Duration)}, for one method. */
    public RecordedRequest takeRequest(String method, Duration limit) {
        return pbx.takeFrom(extension, since, method, limit);
    }

    /** As {@link EmbeddedPbx#on}, for requests of this extension only. */
    public Stubbing on(String method) {
        return pbx.on(method).from(extension);
    }

    /** Returns the media faults that a test can inject for the extension's phones. */
    public PhoneMediaFaults media() {
        return pbx.faults().media(extension);
    }

    /** Returns whether the extension has a registered phone. Never waits. */
    public boolean isRegistered() {
        return pbx.state().isRegistered(extension);
    }

    /**
     * Returns the {@link EmbeddedPbx#liveCalls()} that include one of the extension's phones. Waits
     * for the PBX's own thread.
     */
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
     * Hangs up the extension's calls, and removes the stubs for its requests and its media faults.
     * Registrations stay. Does nothing once the PBX is closed.
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
