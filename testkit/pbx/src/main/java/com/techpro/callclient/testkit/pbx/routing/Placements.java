// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.routing;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.BridgedCall;
import com.techpro.callclient.testkit.pbx.call.CallOut;
import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.LegFactory;
import com.techpro.callclient.testkit.pbx.call.ServiceCall;
import com.techpro.callclient.testkit.pbx.media.MediaSource;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.settings.DialPlan;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls numbers on behalf of devices in established calls, and connects them to whichever device
 * answers. On the signalling loop.
 */
final class Placements {
    private static final Duration LOST_AFTER = Duration.ofSeconds(2);

    private final ActiveCalls calls;
    private final LegFactory lines;
    private final PbxSettings settings;
    private final Function<String, DialPlan.Destination> dialPlan;
    private final Function<DialPlan.Destination, @Nullable MediaSource> voices;

    /** Parks a device. */
    interface Park {
        /** @return the number that retrieves it; null if it cannot be parked */
        @Nullable
        String park(Leg device);
    }

    /** Receives the progress of a placement. */
    interface Progress {
        /** @param headers headers of the reported response */
        void tell(int status, String headers);

        default void tell(int status) {
            tell(status, "");
        }
    }

    /**
     * @param voices the media source of a destination that the PBX answers itself; null for others
     */
    Placements(
            ActiveCalls calls,
            LegFactory lines,
            PbxSettings settings,
            Function<String, DialPlan.Destination> dialPlan,
            Function<DialPlan.Destination, @Nullable MediaSource> voices) {
        this.calls = calls;
        this.lines = lines;
        this.settings = settings;
        this.dialPlan = dialPlan;
        this.voices = voices;
    }

    /**
     * Calls a number. Until an answer, and if there is none, the device's call continues. If its
     * far end sends BYE meanwhile, the device waits.
     *
     * @param headers additional headers for the callee
     * @param progress receives 180, and a final status last
     */
    void place(BridgedCall call, Leg device, String number, Map<String, String> headers, Progress progress) {
        new Placement(call, device, progress).begin(number, headers);
    }

    /** Parks a device and reports the number; the device leaves its far end. */
    void park(BridgedCall call, Leg device, Park parking, Progress progress) {
        new Placement(call, device, progress).park(parking);
    }

    private final class Placement implements BridgedCall.Transfer, CallOut.Listener {
        private final BridgedCall before;
        private final Leg device;
        private final Progress progress;
        private @Nullable CallOut out;
        private @Nullable Timer patience;
        private boolean alone;
        private boolean over;

        private Placement(BridgedCall before, Leg device, Progress progress) {
            this.before = before;
            this.device = device;
            this.progress = progress;
        }

        void begin(String number, Map<String, String> headers) {
            DialPlan.Destination destination = dialPlan.apply(number);
            MediaSource voice = voices.apply(destination);
            if (destination instanceof DialPlan.Destination.Refusal refusal) {
                toldInVain(refusal.status());
            } else if (destination instanceof DialPlan.Destination.RingsForEver) {
                before.transferring(this);
                rings();
                patience = calls.loop().schedule(settings.noAnswer(), () -> failed(480));
            } else if (destination instanceof DialPlan.Destination.Ring ring) {
                before.transferring(this);
                CallOut call = new CallOut(calls, this);
                out = call;
                calls.began(call);
                call.start(
                        lines.toDevices(ring.extensions(), device.dialog().remote(), lines::contactOn),
                        headers,
                        settings.noAnswer());
            } else if (voice != null) {
                progress.tell(200);
                serve(voice, device);
            } else {
                progress.tell(501);
            }
        }

        void park(Park parking) {
            String slot = parking.park(device);
            progress.tell(
                    slot == null ? 486 : 200,
                    slot == null ? "" : "Contact: <sip:" + slot + "@" + settings.domain() + ">\r\n");
        }

        private void serve(MediaSource voice, Leg leg) {
            ServiceCall call = new ServiceCall(calls, voice);
            calls.began(call);
            call.adopt(leg);
        }

        @Override
        public boolean keeps(Leg leg) {
            return leg == device;
        }

        @Override
        public void transferorLeft() {
            alone = true;
            MediaSource music = calls.music().get();
            ServiceCall waiting = new ServiceCall(calls, music, new ServiceCall.Listener() {
                @Override
                public void ended(int refusal) {
                    abandoned();
                }
            });
            calls.began(waiting);
            waiting.adopt(device);
        }

        @Override
        public void abandoned() {
            if (!over) {
                finish();
                if (out != null) {
                    out.abandon();
                }
            }
        }

        @Override
        public void rings() {
            if (!over && !alone) {
                progress.tell(180);
            }
        }

        @Override
        public void answered(Leg answering, Sdp.Section formats) {
            finish();
            if (!alone) {
                progress.tell(200);
            }
            BridgedCall.join(calls, answering, formats, device);
        }

        @Override
        public void failed(int status) {
            if (over) {
                return;
            }
            finish();
            if (alone) {
                device.call().hangUp();
            } else {
                toldInVain(status);
            }
        }

        private void toldInVain(int status) {
            progress.tell(status);
            if (device.does(FieldBehaviour.LOSES_THE_TRANSFEREE)) {
                calls.loop().schedule(LOST_AFTER, this::loseDevice);
            }
        }

        /** The device's far end is left alone. */
        private void loseDevice() {
            Leg left = before.peerOf(device);
            MediaSource nothing = voices.apply(new DialPlan.Destination.Silence());
            if (left != null && nothing != null && left.call() == before && device.call() == before) {
                serve(nothing, left);
                device.call().hangUp();
            }
        }

        private void finish() {
            over = true;
            before.transferring(null);
            if (patience != null) {
                patience.cancel();
            }
        }
    }
}
