// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.callui;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The system's own call screen: CallKit, a self-managed ConnectionService, or a desktop's
 * equivalent. Clauses, each tested by {@code CallUiPortContract}:
 *
 * <ul>
 *   <li><b>CUI-1</b> {@link #open} is called first, and once. Its handler receives all events from
 *       then on, and none after {@link #close}.
 *   <li><b>CUI-2</b> {@link #incoming} is answered exactly once, never inside the call: true if the
 *       system shows the call, false if it refuses (do not disturb, a blocked number, another
 *       call). The handler receives no events for a refused call.
 *   <li><b>CUI-3</b> The engine may use the system's audio only between
 *       {@link CallUiHandler#audioActivated} and {@link CallUiHandler#audioDeactivated}. The system
 *       activates it after a call was answered or {@link #outgoing} was called. It deactivates it
 *       after the last call ended, or when another app's call took over. If it can, it leaves the
 *       audio active for the tone at the end of a call
 *       ({@link #ended(String, EndReason, Duration)}).
 *   <li><b>CUI-4</b> {@link #answered}, {@link #held} and {@link #muted} update the screen to match
 *       the call. A state that the screen shows already changes nothing and is not echoed to the
 *       handler.
 *   <li><b>CUI-5</b> After {@link #ended(String, EndReason)} the screen forgets the call, its name
 *       and its number. Ending it twice does nothing.
 *   <li><b>CUI-6</b> Methods return without waiting for the user. The engine calls one at a time,
 *       in order, on the callbacks' executor. The handler may be called from any thread.
 *   <li><b>CUI-7</b> {@link #rings} always returns the same value, also before {@link #open}.
 * </ul>
 */
public interface CallUiPort extends AutoCloseable {
    void open(CallUiHandler handler);

    /** Shows an incoming call. */
    void incoming(UiCall call, Consumer<Boolean> shown);

    /**
     * Returns whether the system rings for the calls it shows, by itself or through the app's
     * notification, as CallKit and Android do. If true, the engine does not ring. If false, the
     * engine rings on the audio port, before the system has activated the audio.
     */
    default boolean rings() {
        return true;
    }

    /** The user dialled in the app. */
    void outgoing(UiCall call);

    /** The user answered the call in the app. */
    void answered(String id);

    /** The call is established; its duration counts from now. */
    void connected(String id);

    void held(String id, boolean onHold);

    void muted(String id, boolean muted);

    void ended(String id, EndReason reason);

    /**
     * As {@link #ended(String, EndReason)}, while the engine plays a tone that tells how the call
     * ended. If it can, the system leaves the audio active for the tone, on the device of the call.
     * The tone is cut short when another call comes, or when the user ends it on the system's
     * screen. The engine stops the tone when the audio is deactivated, so a port that does nothing
     * of this is correct too.
     *
     * @param tone the longest duration of the tone: some seconds
     */
    default void ended(String id, EndReason reason, Duration tone) {
        ended(id, reason);
    }

    /**
     * The user chose an audio route in the app. {@link CallUiHandler#routesChanged} tells whether
     * it took effect.
     */
    void route(AudioRoute wanted);

    @Override
    void close();
}
