/* Speaks with libespeak-ng and writes the times of its sounds. Each line of the input is
 *   NAME \t VOICE \t WORDS-A-MINUTE \t PITCH \t RANGE \t TEXT
 * and gives FOLDER/NAME.wav and FOLDER/NAME.ipa with rows of SECONDS \t IPA; an empty IPA is the end. */
#include <espeak-ng/speak_lib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int rate;
static int16_t *sound;
static size_t length, room;
static FILE *marks;

static int heard(short *wave, int count, espeak_EVENT *event) {
  if (wave && count > 0) {
    if (length + count > room) {
      room = 2 * (length + count);
      sound = realloc(sound, room * sizeof *sound);
      if (!sound) exit(1);
    }
    memcpy(sound + length, wave, count * sizeof *sound);
    length += count;
  }
  for (; event->type != espeakEVENT_LIST_TERMINATED; event++) {
    double at = (double)event->sample / rate;
    if (event->type == espeakEVENT_PHONEME) fprintf(marks, "%.5f\t%.8s\n", at, event->id.string);
    if (event->type == espeakEVENT_END) fprintf(marks, "%.5f\t\n", at);
  }
  return 0;
}

static void number(FILE *file, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; i++) fputc((value >> (8 * i)) & 255, file);
}

static void write_wave(const char *path) {
  FILE *file = fopen(path, "wb");
  if (!file) exit(1);
  uint32_t bytes = length * 2;
  fputs("RIFF", file); number(file, 36 + bytes, 4); fputs("WAVEfmt ", file);
  number(file, 16, 4); number(file, 1, 2); number(file, 1, 2); number(file, rate, 4);
  number(file, 2 * rate, 4); number(file, 2, 2); number(file, 16, 2);
  fputs("data", file); number(file, bytes, 4);
  fwrite(sound, 2, length, file);
  fclose(file);
}

int main(int count, char **argument) {
  if (count != 2) return 2;
  rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL,
                           espeakINITIALIZE_PHONEME_EVENTS | espeakINITIALIZE_PHONEME_IPA);
  if (rate <= 0) return 1;
  espeak_SetSynthCallback(heard);
  static char line[16384], path[1024];
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    char *field[6], *rest = line;
    int got = 0;
    for (; got < 5 && rest; got++) field[got] = strsep(&rest, "\t");
    if (got < 5 || !rest) continue;
    field[5] = rest;
    if (espeak_SetVoiceByName(field[1]) != EE_OK) {
      fprintf(stderr, "no voice %s\n", field[1]);
      continue;
    }
    espeak_SetParameter(espeakRATE, atoi(field[2]), 0);
    espeak_SetParameter(espeakPITCH, atoi(field[3]), 0);
    espeak_SetParameter(espeakRANGE, atoi(field[4]), 0);
    length = 0;
    snprintf(path, sizeof path, "%s/%s.ipa", argument[1], field[0]);
    marks = fopen(path, "w");
    if (!marks) return 1;
    espeak_Synth(field[5], strlen(field[5]) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL);
    espeak_Synchronize();
    fclose(marks);
    snprintf(path, sizeof path, "%s/%s.wav", argument[1], field[0]);
    write_wave(path);
  }
  return 0;
}
