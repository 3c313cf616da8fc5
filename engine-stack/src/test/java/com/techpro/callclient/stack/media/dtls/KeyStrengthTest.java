// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Certificates that OpenSSL has made. */
class KeyStrengthTest {
    private static final String RSA_1024 =
            "MIIB9DCCAV2gAwIBAgIUY1BHpF1g/rmSpNjoTcnOCZAx9dUwDQYJKoZIhvcNAQELBQAwDDEKMAgGA1UEAwwBcDAeFw0yNjExMjkw"
                    + "MjExMTRaFw0zNjExMjYwMjExMTRaMAwxCjAIBgNVBAMMAXAwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAOELSTulWLudfNre"
                    + "LyAYcdh65I9U+d+jgkUFL2T/0p4Mt2JU5ALMtybfqNbShN2N4V0jtPWKF+eXaFlglfJrnB/vn152ZJ0MmLArBb1RfE/oCb/CaOse"
                    + "Efe0DEw9aqBiK4bcsn/dPHvGTgPx33LD7wMBUy7KiVgcDyGqWVYHzzkRAgMBAAGjUzBRMB0GA1UdDgQWBBRSAti0huDar0YcSs99"
                    + "a1JjIafTeTAfBgNVHSMEGDAWgBRSAti0huDar0YcSs99a1JjIafTeTAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GB"
                    + "AAIDVE6GziO8GhpL74HNAazLh3e63qvQEBDR6NoUw1Vr/tugJSrdWsqsZN7eRqLX/BbUG6T3Sh8CtBgCgmcttLrFuFIAuR70Okxf"
                    + "AwmbcYHOcjPs1irYgAhfd4O33WqFqTK8ebL4h3izkhv9IoVyIs0op0xC1ANu0QQHLp+qweCg";
    private static final String RSA_2048 =
            "MIIC+TCCAeGgAwIBAgIUGJUg7UsFUim28+yCXnIZfHqyRQowDQYJKoZIhvcNAQELBQAwDDEKMAgGA1UEAwwBcDAeFw0yNjExMjkw"
                    + "MjExMTRaFw0zNjExMjYwMjExMTRaMAwxCjAIBgNVBAMMAXAwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCiisj9WW+s"
                    + "Sm4CFCbAA1XKuNVooa7ubYiqmCJWs2rO4bvGQchj+2N73eixd9OqPcRS1mVXTTIcjpn8Ijz3mrMyzW+2QyjT/5VwG9/vSiYRu11K"
                    + "SuZTf9GfoPBMtvZ/CsdDzY2XdgrA2NvKoGBvKKTEhay3pyZmAIotNKJtemTkpD4wIEqMjJbh1Xd+QYhIa+mm2WiIf4OHdCYcM7z0"
                    + "QN09PmCxtzas9EKOxJ5rx2ShGpMSTHtwfPplYiXKotqzmrCd0ByYrCSljDc6HKw7D5YdTrbI/j/NOiFs2BQCC1BJ4qHcuTEjQhaH"
                    + "XZmsrA7aQaQaL0zB0iiPMIIN4ofb2gcfAgMBAAGjUzBRMB0GA1UdDgQWBBQpxDRWyuSyyQTxDRrSw1oZOw7/dTAfBgNVHSMEGDAW"
                    + "gBQpxDRWyuSyyQTxDRrSw1oZOw7/dTAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQAZ/ps0EOKG4R0G19pqV95t"
                    + "D3dILXdPbOUFmAxHvfv2zq6sh0mMaBMRloDDM6aCVo+fB4z4jCTx3R6DsUV7gtkfqkhdepw0A3DfKWwY0nT+eF1Sk7c3zbnhyX1G"
                    + "uUoW21YI/7LmDk8BjAyVzTEMxXYxZk4x9QaRlTTnK/JsynJBtktSuqP5yhvqZmsR5d0dC54UYVzxRpEDs6f0LUnJlAUYVwl1m9kb"
                    + "s0Ut5Xe7LbcEYpmT5Tf2DWCDjrMRYdpzkaZhyVwK+Gbi49aaoToRR47UdSydNjvBM5PZJpi9UHWBtvIjmHtTsi3hzg0yN97ij7vY"
                    + "KI8tHPI4P0ncb/WpqWpa";
    private static final String P_192 =
            "MIIBTjCCAQOgAwIBAgIUFqHAqwSZt6O1/fZDMXCjNNT7sFkwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBcDAeFw0yNjExMjkwMjEx"
                    + "MTRaFw0zNjExMjYwMjExMTRaMAwxCjAIBgNVBAMMAXAwSTATBgcqhkjOPQIBBggqhkjOPQMBAQMyAASGJp6cK//tTmpZijNOI0Lo"
                    + "8+ja8OkdnsuQePECslvyAF28zHYn/Ti77k51/KEK7NCjUzBRMB0GA1UdDgQWBBQ640ohn5U5IyqIXrE3v5C8dTOzvjAfBgNVHSME"
                    + "GDAWgBQ640ohn5U5IyqIXrE3v5C8dTOzvjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCAzkAMDYCGQCAMtkSHvaHP0LUJELw"
                    + "Nw5k9w8gNy1ond8CGQCwS2fgU2cTYjouBFc8QXNjTRTo+ANiHMU=";
    private static final String P_224 =
            "MIIBWjCCAQigAwIBAgIUUT9eBipsqIJf/vR5+AoAItQ7fO0wCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBcDAeFw0yNjExMjkwMjEx"
                    + "MTRaFw0zNjExMjYwMjExMTRaMAwxCjAIBgNVBAMMAXAwTjAQBgcqhkjOPQIBBgUrgQQAIQM6AAS35nXDjn6yjRIcA+EVxJ8RrpAB"
                    + "ok77tIk9IgY+6jaPCyhAaT2f/mbmarmlwhlXVbON8Hdvc1iDGqNTMFEwHQYDVR0OBBYEFAsInh1CTBI15VOd1VGvZt6/HPvEMB8G"
                    + "A1UdIwQYMBaAFAsInh1CTBI15VOd1VGvZt6/HPvEMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDQAAwPQIcbrBdRKGFO8wv"
                    + "xn89CTuPrq2OjHL1DZbamXo9pQIdAMaLZ5CN8y6zZ17TDHfSrZLMb19wZ6v8vgYQkoE=";
    private static final String P_256 =
            "MIIBbTCCAROgAwIBAgIUFRJ3J39pnYrFktz5czZFpR5iUeUwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBcDAeFw0yNjExMjkwMjEx"
                    + "MTVaFw0zNjExMjYwMjExMTVaMAwxCjAIBgNVBAMMAXAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAREwV1kGh+maLDqBt6nTZhi"
                    + "0g0/hc2+V7GJz+vt+Qbgmi/wWyfNo14dxOVJrA4xTFGK9C197SrkEr48Lm0ToDvqo1MwUTAdBgNVHQ4EFgQUS2I5zJCJnemqJom5"
                    + "sK9zkQk0L10wHwYDVR0jBBgwFoAUS2I5zJCJnemqJom5sK9zkQk0L10wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBF"
                    + "AiEAwtYUopzA53YBZjY8m9SnSHU1i07eMub9b90VQ79tdcECIAy3EFEiW8AxgiouhDD/B/IvkNsXtSWPwhXZXCvak0p7";

    private static boolean suffices(String certificate) {
        return KeyStrength.suffices(Base64.getDecoder().decode(certificate));
    }

    @Test
    void RFC9325_4_2_an_RSA_key_has_2048_bits() {
        assertThat(suffices(RSA_1024)).isFalse();
        assertThat(suffices(RSA_2048)).isTrue();
    }

    @Test
    void RFC9325_4_2_an_elliptic_curve_has_224_bits() {
        assertThat(suffices(P_192)).isFalse();
        assertThat(suffices(P_224)).isTrue();
        assertThat(suffices(P_256)).isTrue();
    }

    @Test
    void an_invalid_certificate_does_not_suffice() {
        assertThat(suffices("")).isFalse();
        assertThat(suffices(P_256.substring(0, 100))).isFalse();
    }
}
