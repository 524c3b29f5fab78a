#include "bare.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

SSL_CTX *bare_context(const char *ca_file) {
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  if (context == NULL || SSL_CTX_load_verify_file(context, ca_file) != 1) return NULL;
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  return context;
}

// Reads one reply, several lines or not; its code, or -1.
static int reply(int socket, SSL *tls) {
  char text[8192];
  size_t length = 0;
  for (;;) {
    size_t room = sizeof text - 1 - length;
    if (room == 0) return -1;
    int count = tls != NULL ? SSL_read(tls, text + length, (int)room) : (int)read(socket, text + length, room);
    if (count <= 0) return -1;
    length += (size_t)count;
    text[length] = 0;
    char *last = text;
    for (char *end = strstr(last, "\r\n"); end != NULL; end = strstr(last, "\r\n")) {
      if (end - last >= 4 && last[3] == ' ') return (last[0] - '0') * 100 + (last[1] - '0') * 10 + (last[2] - '0');
      last = end + 2;
    }
  }
}

static int say(int socket, SSL *tls, const char *command) {
  int length = (int)strlen(command);
  int count = tls != NULL ? SSL_write(tls, command, length) : (int)write(socket, command, (size_t)length);
  return count == length ? reply(socket, tls) : -1;
}

// What a probe takes down of a handshake: the certificates as they were sent, and what was agreed on. 0 for success.
static int take_down(SSL *tls) {
  STACK_OF(X509) *chain = SSL_get_peer_cert_chain(tls);
  int count = sk_X509_num(chain);
  for (int index = 0; index < count; index++) {
    unsigned char *octets = NULL;
    if (i2d_X509(sk_X509_value(chain, index), &octets) <= 0) return 1;
    OPENSSL_free(octets);
  }
  EVP_PKEY *key = NULL;
  int digest = NID_undef;
  SSL_get_peer_tmp_key(tls, &key);
  EVP_PKEY_free(key);
  SSL_get_peer_signature_nid(tls, &digest);
  return count <= 0 || SSL_get_negotiated_group(tls) == NID_undef || SSL_get_current_cipher(tls) == NULL;
}

static int converse(int socket, SSL *tls) {
  if (reply(socket, NULL) != 220) return 1;
  if (say(socket, NULL, "EHLO [192.0.2.250]\r\n") != 250) return 2;
  if (say(socket, NULL, "STARTTLS\r\n") != 220) return 3;
  if (SSL_set_fd(tls, socket) != 1 || SSL_connect(tls) != 1 || take_down(tls) != 0) return 4;
  if (say(socket, tls, "EHLO [192.0.2.250]\r\n") != 250) return 5;
  if (say(socket, tls, "QUIT\r\n") != 221) return 6;
  SSL_shutdown(tls);
  return 0;
}

int bare_starttls(SSL_CTX *context, const char *address, uint16_t port, const char *host) {
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(port)};
  if (inet_pton(AF_INET, address, &server.sin_addr) != 1) return -1;
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  if (connection < 0) return -1;
  SSL *tls = SSL_new(context);
  int failed = -1;
  if (tls != NULL && SSL_set1_host(tls, host) == 1 && SSL_set_tlsext_host_name(tls, host) == 1 &&
      connect(connection, (struct sockaddr *)&server, sizeof server) == 0)
    failed = converse(connection, tls);
  SSL_free(tls);
  close(connection);
  return failed;
}

static size_t discard(char *octets, size_t size, size_t count, void *unused) {
  (void)octets, (void)unused;
  return size * count;
}

void *bare_curl(const char *ca_file) {
  CURL *curl = curl_easy_init();
  if (curl == NULL) return NULL;
  curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_SESSIONID_CACHE, 0L);
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, discard);
  return curl;
}

int bare_fetch(void *curl, const char *url, const char *pin) {
  struct curl_slist *pins = curl_slist_append(NULL, pin);
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_RESOLVE, pins);
  long status = 0;
  CURLcode result = curl_easy_perform(curl);
  if (result == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_slist_free_all(pins);
  return result == CURLE_OK && status == 200 ? 0 : 1;
}

EVP_PKEY *bare_key(uint8_t *point) {
  EVP_PKEY *key = EVP_EC_gen("P-256");
  uint8_t encoded[65];
  size_t length = 0;
  if (key == NULL || EVP_PKEY_get_octet_string_param(key, "pub", encoded, sizeof encoded, &length) != 1 ||
      length != sizeof encoded)
    return NULL;
  memcpy(point, encoded + 1, 64);
  return key;
}

int bare_sign(EVP_PKEY *key, const uint8_t *octets, size_t length, uint8_t *signature) {
  uint8_t der[80];
  size_t size = sizeof der;
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  int failed = context == NULL || EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) != 1 ||
               EVP_DigestSign(context, der, &size, octets, length) != 1;
  EVP_MD_CTX_free(context);
  const uint8_t *cursor = der;
  ECDSA_SIG *numbers = failed ? NULL : d2i_ECDSA_SIG(NULL, &cursor, (long)size);
  if (numbers == NULL) return 1;
  failed = BN_bn2binpad(ECDSA_SIG_get0_r(numbers), signature, 32) != 32 ||
           BN_bn2binpad(ECDSA_SIG_get0_s(numbers), signature + 32, 32) != 32;
  ECDSA_SIG_free(numbers);
  return failed;
}

int bare_verify(EVP_PKEY *key, const uint8_t *octets, size_t length, const uint8_t *signature) {
  ECDSA_SIG *numbers = ECDSA_SIG_new();
  uint8_t *der = NULL;
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  int failed = numbers == NULL || context == NULL ||
               ECDSA_SIG_set0(numbers, BN_bin2bn(signature, 32, NULL), BN_bin2bn(signature + 32, 32, NULL)) != 1;
  int size = failed ? 0 : i2d_ECDSA_SIG(numbers, &der);
  failed = failed || size <= 0 || EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) != 1 ||
           EVP_DigestVerify(context, der, (size_t)size, octets, length) != 1;
  OPENSSL_free(der);
  EVP_MD_CTX_free(context);
  ECDSA_SIG_free(numbers);
  return failed;
}
