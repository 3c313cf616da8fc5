// SPDX-License-Identifier: Apache-2.0
/**
 * The audio port on the JDK's own sound API, for desktops.
 *
 * <p>Start with {@link com.techpro.callclient.adapters.javasound.JavaSoundAudio}, which a host
 * passes to the engine as its {@link com.techpro.callclient.ports.audio.AudioPort}.
 */
module com.techpro.callclient.adapters.javasound {
    requires transitive com.techpro.callclient.ports;
    requires static org.jspecify;
    requires java.desktop;

    exports com.techpro.callclient.adapters.javasound;
}
