import type { DeskSettings } from '#core/contract/desk/events.ts';

export type SoundName = 'accepted' | 'refused' | 'finished' | 'failed';

interface Note {
  /** Hertz. */
  readonly pitch: number;
  /** Seconds from the sound's start, and how long it lasts. */
  readonly at: number;
  readonly lasts: number;
  readonly wave: OscillatorType;
}

/** Told apart with eyes shut: one high blip, a low double buzz, a rising third, a falling one. */
const sounds: Record<SoundName, readonly Note[]> = {
  accepted: [{ pitch: 1318, at: 0, lasts: 0.09, wave: 'sine' }],
  refused: [
    { pitch: 196, at: 0, lasts: 0.1, wave: 'square' },
    { pitch: 196, at: 0.14, lasts: 0.14, wave: 'square' },
  ],
  finished: [
    { pitch: 784, at: 0, lasts: 0.12, wave: 'sine' },
    { pitch: 988, at: 0.11, lasts: 0.12, wave: 'sine' },
    { pitch: 1318, at: 0.22, lasts: 0.24, wave: 'sine' },
  ],
  failed: [
    { pitch: 523, at: 0, lasts: 0.16, wave: 'triangle' },
    { pitch: 392, at: 0.16, lasts: 0.16, wave: 'triangle' },
    { pitch: 294, at: 0.32, lasts: 0.28, wave: 'triangle' },
  ],
};

/** Square waves sound louder than sines of the same height. */
const loudness: Partial<Record<OscillatorType, number>> = { square: 0.35, triangle: 0.9, sine: 1 };

let settings: DeskSettings['sound'] = { muted: false, volume: 0.6 };
let context: AudioContext | null = null;

/** Volume and mute, as the settings have them. */
export function setSound(sound: DeskSettings['sound']): void {
  settings = sound;
}

function playNote(audio: AudioContext, { pitch, at, lasts, wave }: Note, volume: number): void {
  const start = audio.currentTime + at;
  const gain = audio.createGain();
  const peak = 0.3 * volume * (loudness[wave] ?? 1);
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(peak, start + 0.008);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + lasts);
  gain.connect(audio.destination);
  const oscillator = audio.createOscillator();
  oscillator.type = wave;
  oscillator.frequency.value = pitch;
  oscillator.connect(gain);
  oscillator.start(start);
  oscillator.stop(start + lasts + 0.02);
}

/** Plays one of the four sounds; never the only sign of what happened, so that silence loses nothing. */
export function play(name: SoundName): void {
  if (settings.muted || settings.volume === 0) return;
  context ??= new AudioContext();
  // A window that nobody has touched yet may not sound; the browser lets it once somebody has.
  if (context.state === 'suspended') void context.resume();
  for (const note of sounds[name]) playNote(context, note, settings.volume);
}
