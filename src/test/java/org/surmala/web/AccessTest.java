package org.surmala.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask, and who may not. */
final class AccessTest {
  private static final Access LOCAL = new Access(null, null);
  private static final String TOKEN = "0123456789abcdef";
  private static final Access OPEN = new Access("music.lan", TOKEN);

  private static WebRequest get(Map<String, String> headers) {
    return Requests.of("GET", "/api/v1/songs", headers, "");
  }

  private static void refused(Access access, WebRequest request, int status, String code) {
    assertThatThrownBy(() -> access.check(request))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(new String(e.response().body(), StandardCharsets.UTF_8))
                  .startsWith("{\"error\":{")
                  .contains("\"code\":\"" + code + "\"");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:8337", "127.0.0.1:8337", "[::1]:8337", "LOCALHOST"})
  void givenANameOfThisMachine_whenAsked_thenItIsAnswered(String host) throws ApiException {
    LOCAL.check(get(Map.of("host", host)));
  }

  /** A site can let any name of its own lead to 127.0.0.1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example:8337",
        "127.0.0.1.evil.example",
        "localhost:8337@evil",
        "192.168.0.7:8337",
        "0.0.0.0",
        "",
        "localhost,evil.example",
        "[::1",
        "[::2]:1",
        "localhost:x"
      })
  void givenAnotherName_whenAsked_thenItIsRefused(String host) {
    refused(LOCAL, get(Map.of("host", host)), 403, "forbidden_host");
  }

  @Test
  void givenNoHost_whenAsked_thenItIsRefused() {
    refused(LOCAL, get(Map.of()), 403, "forbidden_host");
  }

  @Test
  void givenTwoHosts_whenAsked_thenItIsRefused() {
    WebRequest request =
        new WebRequest(
            "GET",
            "/",
            Map.of(),
            Map.of("host", List.of("localhost", "evil.example")),
            new byte[0]);
    refused(LOCAL, request, 400, "bad_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "https://localhost:8337", "http://localhost:1", ""})
  void givenAPageOfAnotherOrigin_whenItAsks_thenItIsRefused(String origin) {
    refused(
        LOCAL, get(Map.of("host", "localhost:8337", "origin", origin)), 403, "forbidden_origin");
  }

  @Test
  void givenTheOwnPage_whenItAsks_thenItIsAnswered() throws ApiException {
    LOCAL.check(
        get(
            Map.of(
                "host", "localhost:8337",
                "origin", "http://localhost:8337",
                "sec-fetch-site", "same-origin")));
  }

  /** A sound or an image in a page of another site has no Origin. */
  @ParameterizedTest
  @CsvSource({"cross-site,no-cors", "same-site,no-cors", "cross-site,navigate"})
  void givenAnElementOfAnotherSite_whenItAsks_thenItIsRefused(String site, String mode) {
    refused(
        LOCAL,
        get(Map.of("host", "localhost", "sec-fetch-site", site, "sec-fetch-mode", mode)),
        403,
        "forbidden_origin");
  }

  @Test
  void givenALinkToThePage_whenFollowed_thenItIsAnswered() throws ApiException {
    LOCAL.check(
        Requests.of(
            "GET",
            "/",
            Map.of(
                "host", "localhost", "sec-fetch-site", "cross-site", "sec-fetch-mode", "navigate"),
            ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "DELETE", "PUT", "OPTIONS"})
  void givenAChangeWithoutTheHeader_whenAsked_thenItIsRefused(String method) {
    refused(
        LOCAL,
        Requests.of(method, "/api/v1/clusters/0", Map.of("host", "localhost"), ""),
        403,
        "missing_header");
  }

  @ParameterizedTest
  @CsvSource({
    "authorization,Bearer 0123456789abcdef",
    "authorization,bearer 0123456789abcdef",
    "cookie,a=b; surmala_token=0123456789abcdef"
  })
  void givenTheToken_whenAskedFromAnotherMachine_thenItIsAnswered(String header, String value)
      throws ApiException {
    OPEN.check(get(Map.of("host", "192.168.0.7:8337", header, value)));
    OPEN.check(get(Map.of("host", "music.lan:8337", header, value)));
  }

  @ParameterizedTest
  @CsvSource({
    "authorization,Bearer 0123456789abcdeg",
    "authorization,Bearer",
    "authorization,Basic 0123456789abcdef",
    "cookie,surmala_token=",
    "cookie,token=0123456789abcdef",
    "x,y"
  })
  void givenAWrongToken_whenAsked_thenItIsRefused(String header, String value) {
    refused(OPEN, get(Map.of("host", "music.lan", header, value)), 401, "unauthorized");
  }

  @Test
  void givenANameThatIsNotTheHost_whenAskedWithTheToken_thenItIsRefused() {
    refused(
        OPEN,
        get(Map.of("host", "evil.example", "authorization", "Bearer " + TOKEN)),
        403,
        "forbidden_host");
  }

  @Test
  void givenTheAddressWithTheToken_whenOpened_thenACookieKeepsItAndTheAddressLosesIt()
      throws ApiException {
    WebRequest entry =
        Requests.of("GET", "/", Map.of("host", "music.lan:8337"), "", "token", TOKEN);
    OPEN.check(entry);

    assertThat(OPEN.isEntry(entry)).isTrue();
    assertThat(OPEN.enter().status()).isEqualTo(303);
    assertThat(OPEN.enter().headers())
        .containsEntry("Location", "/")
        .containsEntry(
            "Set-Cookie", "surmala_token=0123456789abcdef; HttpOnly; SameSite=Strict; Path=/");
  }

  @Test
  void givenTheTokenInTheAddressOfACall_whenAsked_thenItIsRefused() {
    refused(
        OPEN,
        Requests.of("GET", "/api/v1/songs", Map.of("host", "music.lan"), "", "token", TOKEN),
        401,
        "unauthorized");
  }
}
