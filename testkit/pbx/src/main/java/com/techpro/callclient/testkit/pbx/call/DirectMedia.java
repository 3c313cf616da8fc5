// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.pbx.media.MediaAgreement;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Direct media: re-INVITEs make two phones send media to each other, shortly after they agreed on
 * {@code sendrecv}. Further re-INVITEs bring it back when the PBX has to hear it. The caller is
 * asked first, so the callee's media comes through the PBX a little longer. On the signalling loop.
 */
final class DirectMedia {
    private static final Duration SHORTLY = Duration.ofMillis(500);
    private static final Duration AFTER_GLARE = Duration.ofSeconds(3);

    private final EngineLoop loop;
    private final Leg caller;
    private final Leg callee;
    private final Runnable dialogGone;
    private @Nullable Timer timer;
    private boolean refused;
    private boolean stopped;

    /** @param dialogGone called if one of the phones no longer knows the call */
    DirectMedia(EngineLoop loop, Leg caller, Leg callee, Runnable dialogGone) {
        this.loop = loop;
        this.caller = caller;
        this.callee = callee;
        this.dialogGone = dialogGone;
    }

    /** Media now flows both ways in these formats. */
    void flows(Sdp.Section formats) {
        later(SHORTLY, () -> point(formats));
    }

    /** Media does not flow both ways, or is about to change. */
    void pause() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    void stop() {
        stopped = true;
        pause();
    }

    /** Brings a phone's media back, because the PBX has to hear it or to play audio to it. */
    void bringBack(Leg leg, Sdp.Section formats) {
        if (!leg.media().isDirect() || stopped) {
            return;
        }
        if (leg.negotiating()) {
            loop.schedule(AFTER_GLARE, () -> bringBack(leg, formats));
            return;
        }
        leg.reInvite(leg.media().offer(formats, "sendrecv"), Map.of(), status -> {
            if (status == 491) {
                loop.schedule(AFTER_GLARE, () -> bringBack(leg, formats));
            } else {
                check(status);
            }
        });
    }

    private void point(Sdp.Section formats) {
        MediaAgreement there = callee.media().agreed();
        MediaAgreement here = caller.media().agreed();
        boolean direct = caller.media().isDirect() && callee.media().isDirect();
        if (direct || refused || here == null || there == null || !here.suits(there) || !there.suits(here)) {
            return;
        }
        if (caller.negotiating() || callee.negotiating()) {
            later(SHORTLY, () -> point(formats));
            return;
        }
        point(caller, there, formats, () -> {
            MediaAgreement where = caller.media().agreed();
            if (where != null) {
                point(callee, where, formats, () -> {});
            }
        });
    }

    private void point(Leg leg, MediaAgreement other, Sdp.Section formats, Runnable next) {
        leg.reInvite(leg.media().offer(formats, other), Map.of(), status -> {
            if (stopped) {
                return;
            }
            if (status < 300) {
                next.run();
            } else if (status == 491) {
                later(AFTER_GLARE, () -> point(formats));
            } else {
                refused = true;
                check(status);
                bringBack(leg == callee ? caller : callee, formats);
            }
        });
    }

    /** RFC 3261 §12.2.1.2: these two mean that the dialog is gone. */
    private void check(int status) {
        if ((status == 408 || status == 481) && !stopped) {
            dialogGone.run();
        }
    }

    private void later(Duration wait, Runnable task) {
        pause();
        if (!stopped) {
            timer = loop.schedule(wait, task);
        }
    }
}
