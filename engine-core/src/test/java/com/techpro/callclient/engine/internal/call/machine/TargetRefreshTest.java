// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import static com.techpro.callclient.engine.internal.call.machine.CallSteps.CONFIRMED;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.check;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.refreshRefused;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.row;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.step;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Target;
import com.techpro.callclient.engine.internal.call.machine.CallSteps.Row;
import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 3261 §12.2: the other side learns our Contact when it has become another one, whatever else is under way. */
class TargetRefreshTest {
    private static final CallInput BY_UPDATE = new CallInput.LocalAddressChanged(null, Target.TELL_BY_UPDATE);
    private static final CallInput BY_INVITE = new CallInput.LocalAddressChanged(null, Target.TELL_BY_INVITE);
    private static final CallInput ELSEWHERE =
            new CallInput.LocalAddressChanged(new InetSocketAddress("192.0.2.3", 6000), Target.TELL_BY_UPDATE);
    private static final CallPhase TELLING = step(CONFIRMED, BY_UPDATE).phase();
    private static final CallPhase HOLDING =
            step(CONFIRMED, new CallInput.Hold()).phase();

    static Stream<Row> rows() {
        CallPhase asked = step(CONFIRMED, CallSteps.DUE).phase();
        CallPhase twice = step(TELLING, BY_UPDATE).phase();
        CallPhase late = step(HOLDING, BY_UPDATE).phase();
        CallPhase unknown = step(TELLING, refreshRefused(405)).phase();
        CallPhase told = step(TELLING, new CallInput.Refreshed()).phase();
        CallPhase waiting = step(TELLING, refreshRefused(491)).phase();
        CallPhase moving = step(CONFIRMED, ELSEWHERE).phase();
        CallPhase refused = step(moving, refused(488)).phase();
        return Stream.of(
                row("by UPDATE", CONFIRMED, BY_UPDATE, "Confirmed Refreshing", "Refresh"),
                row("by re-INVITE", CONFIRMED, BY_INVITE, "Confirmed Offering", "Invite"),
                row("told once", told, new CallInput.Hold(), "Confirmed Offering", "Invite"),
                row("accepted", TELLING, new CallInput.Refreshed(), "Confirmed Settled", ""),
                row("changed again meanwhile", twice, new CallInput.Refreshed(), "Confirmed Refreshing", "Refresh"),
                row(
                        "changed during a refresh",
                        step(asked, BY_UPDATE).phase(),
                        new CallInput.Refreshed(),
                        "Confirmed Refreshing",
                        "Refresh"),
                row("changed during a hold", late, refused(488), "Confirmed Refreshing", "Refresh"),
                row("UPDATE is not known", TELLING, refreshRefused(405), "Confirmed Offering", "Invite"),
                row("and refused as well", unknown, refused(488), "Confirmed Settled", ""),
                row("refused for now", TELLING, refreshRefused(491), "Confirmed GlareBackoff", "StartGlareBackoff"),
                row("tried again", waiting, new CallInput.GlareBackoffElapsed(), "Confirmed Refreshing", "Refresh"),
                row("refused for good", TELLING, refreshRefused(403), "Confirmed Settled", ""),
                row("the other side knows nothing of the call", TELLING, refreshRefused(481), "busy", "Bye"),
                row(
                        "no connection",
                        TELLING,
                        unanswered(new Failure.Unreachable()),
                        "Confirmed GlareBackoff",
                        "StartGlareBackoff"),
                row(
                        "no answer",
                        TELLING,
                        unanswered(new Failure.TimedOut(Failure.Waited.RESPONSE)),
                        "timeout-response",
                        "Bye"),
                row("media elsewhere, in one go", CONFIRMED, ELSEWHERE, "Confirmed Offering", "Invite"),
                row("media refused, the Contact alone", moving, refused(488), "Confirmed Refreshing", "Refresh"),
                row("and that is that", refused, new CallInput.Refreshed(), "Confirmed Settled", ""));
    }

    private static CallInput refused(int status) {
        return new CallInput.Refused(new SipStatus(status, ""), CallSteps.BUSY);
    }

    private static CallInput unanswered(Failure failure) {
        return new CallInput.RefreshUnanswered(failure);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void steps(Row row) {
        check(row);
    }
}
