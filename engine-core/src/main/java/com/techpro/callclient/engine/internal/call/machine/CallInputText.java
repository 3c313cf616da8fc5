// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.internal.call.sdp.IceFragment;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.media.codec.Codec;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An input as one line of a {@link CallTrace}: its name, then {@code field=value} for all that the
 * {@link CallMachine} uses. A text of several lines is in quotes, with {@code \n} between them.
 */
public final class CallInputText {
    private final StringBuilder line;
    private final TraceRedaction redaction;

    private CallInputText(Object named, TraceRedaction redaction) {
        this.line = new StringBuilder(named.getClass().getSimpleName());
        this.redaction = redaction;
    }

    /** Returns the phase in which a call begins. */
    static String first(CallPhase phase, TraceRedaction redaction) {
        CallInputText text = new CallInputText(phase, redaction);
        if (phase instanceof CallPhase.OpeningMedia opening) {
            text.with("held", opening.held());
        }
        return text.line.toString();
    }

    static String of(CallInput input, TraceRedaction redaction) {
        CallInputText text = new CallInputText(input, redaction);
        if (input instanceof CallInput.OfferReceived offered) {
            text.offered(offered);
        } else if (input instanceof CallInput.InviteReceived invite) {
            text.request(invite.id()).description(invite.offer());
        } else if (input instanceof CallInput.Ready ready) {
            text.local(ready.local());
        } else if (input instanceof CallInput.Answer answer) {
            text.local(answer.local());
        } else if (input instanceof CallInput.Reject reject) {
            text.with("reason", reject.reason());
        } else if (input instanceof CallInput.LocalAddressChanged moved) {
            text.with("rtp", moved.rtp() == null ? null : redaction.address(moved.rtp()))
                    .with("target", moved.target())
                    .ice("ice", moved.ice());
        } else if (input instanceof CallInput.Progress progress) {
            text.tag(progress.remoteTag())
                    .with("ringing", progress.ringing())
                    .with("early", progress.earlyMedia())
                    .description(progress.answer());
        } else if (input instanceof CallInput.EarlyDialogEnded ended) {
            text.tag(ended.remoteTag());
        } else if (input instanceof CallInput.Accepted accepted) {
            text.with("cseq", accepted.id().cseq())
                    .tag(accepted.id().remoteTag())
                    .description(accepted.answer());
        } else if (input instanceof CallInput.AckReceived acknowledged) {
            text.description(acknowledged.answer());
        } else if (input instanceof CallInput.TransferRequested requested) {
            text.request(requested.id());
        } else if (input instanceof CallInput.CandidatesReceived received) {
            text.request(received.id()).ice("ice", IceFragment.parse(received.fragment(), null));
        } else if (input instanceof CallInput.Observation what) {
            text.observed(what);
        } else {
            text.ended(input);
        }
        return text.line.toString();
    }

    /** Inputs that may end the call, and those with a flag alone. */
    private void ended(CallInput input) {
        if (input instanceof CallInput.Refused refused) {
            with("status", refused.status().code())
                    .with("ending", refused.ending().code())
                    .with("instead", refused.instead() == null ? null : names(refused.instead()));
        } else if (input instanceof CallInput.RefreshRefused refused) {
            with("status", refused.status().code())
                    .with("ending", refused.ending().code());
        } else if (input instanceof CallInput.CallFailed failed) {
            with("failure", failed.failure().code());
        } else if (input instanceof CallInput.InviteTimeout timeout) {
            with("failure", timeout.failure().code());
        } else if (input instanceof CallInput.RefreshUnanswered unanswered) {
            with("failure", unanswered.failure().code());
        } else if (input instanceof CallInput.ByeReceived bye) {
            with("elsewhere", bye.answeredElsewhere());
        } else if (input instanceof CallInput.CancelReceived cancel) {
            with("elsewhere", cancel.answeredElsewhere());
        } else if (input instanceof CallInput.Transferred transferred) {
            with("bye", transferred.goodbye());
        } else if (input instanceof CallInput.RefreshDue due) {
            with("update", due.byUpdate());
        }
    }

    /** Neither who the far end is nor its digits are kept. */
    private void observed(CallInput.Observation what) {
        if (what instanceof CallInput.DtmfReceived digit) {
            with("path", digit.path()).with("length", digit.length().toMillis());
        } else if (what instanceof CallInput.DtmfRefused refused) {
            with("why", refused.why());
        } else if (what instanceof CallInput.Keyed keyed) {
            with("suite", keyed.cipher());
        } else if (what instanceof CallInput.ReceptionChanged changed) {
            with("nothing", changed.nothingArrives());
        } else if (what instanceof CallInput.AudioInterrupted interrupted) {
            with("failure", interrupted.failure().code());
        }
    }

    private void offered(CallInput.OfferReceived offered) {
        if (offered instanceof CallInput.Replaced replaced) {
            request(replaced.id()).local(replaced.local());
        } else {
            request(
                    offered instanceof CallInput.ReInviteReceived invited
                            ? invited.id()
                            : ((CallInput.UpdateReceived) offered).id());
        }
        description(offered.offer()).ice("ice", offered.ice());
    }

    private CallInputText with(String name, @Nullable Object value) {
        if (value != null) {
            line.append(' ').append(name).append('=').append(value);
        }
        return this;
    }

    private CallInputText lines(String name, List<String> lines) {
        return with(
                name,
                "\""
                        + String.join("\n", lines)
                                .replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\t", " ")
                                .replace("\n", "\\n")
                        + "\"");
    }

    private CallInputText tag(String remoteTag) {
        return with("tag", redaction.tag(remoteTag));
    }

    private CallInputText request(RequestId id) {
        return with("method", id.method()).with("number", id.number()).tag(id.remoteTag());
    }

    private CallInputText description(@Nullable SessionDescription description) {
        return description == null ? this : lines("sdp", redaction.description(description));
    }

    private CallInputText ice(String name, @Nullable IceAttributes attributes) {
        return attributes == null ? this : lines(name, redaction.ice(attributes));
    }

    private CallInputText local(LocalMedia local) {
        with("rtp", redaction.address(local.rtp()))
                .with("suites", names(local.floor().suites()))
                .with("clear", local.floor().cleartextMedia())
                .with("codecs", local.codecs().stream().map(Codec::encodingName).collect(Collectors.joining(",")))
                .with("keying", local.keying())
                .with("offered", names(local.offered()))
                .with("withheld", local.relatedWithheld());
        return ice("localIce", local.ice());
    }

    private static String names(Collection<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).collect(Collectors.joining(","));
    }
}
